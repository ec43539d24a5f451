using System;

namespace EnergyNode.Ledger;

/// <summary>One key and its value in a <see cref="StateMap"/>. Neither changes later.</summary>
public readonly record struct StateEntry(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value);
