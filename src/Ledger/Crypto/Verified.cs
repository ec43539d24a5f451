using System;

namespace EnergyNode.Ledger;

/// <summary>
/// A value whose form and signatures have been checked. Only the verifiers of this assembly and of
/// EnergyNode.Consensus can build one, and the machines take nothing else.
/// </summary>
public readonly record struct Verified<T>
    where T : class
{
    private readonly T? _value;

    internal Verified(T value) => _value = value;

    public T Value => _value ?? throw new InvalidOperationException("A default Verified<T> holds nothing.");
}
