using System;

namespace EnergyNode.Actors.Ports;

/// <summary>The journal's content contradicts its checksums. The message names file, record and finding.</summary>
public sealed class JournalCorruptException(string message, Exception? inner = null) : Exception(message, inner);
