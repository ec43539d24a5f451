using System;

namespace EnergyNode.Actors.TestKit;

/// <summary>A probe did not get what the test expects.</summary>
public sealed class ProbeException(string message) : Exception(message);
