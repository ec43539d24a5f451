using System;
using EnergyNode.Actors.Ports;

namespace EnergyNode.Simulation;

/// <summary>A frame on its way. Parties are numbered in the order in which they joined: validators first.</summary>
internal readonly record struct SentFrame(int From, int To, FrameKind Kind, ReadOnlyMemory<byte> Payload);
