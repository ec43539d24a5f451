using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace EnergyNode.Market.Metering;

/// <summary>What a file holds, or why it is refused. A file with one error is refused as a whole.</summary>
public sealed class ParseResult<T>
    where T : class
{
    internal ParseResult(T value)
    {
        Value = value;
        Errors = [];
    }

    internal ParseResult(IReadOnlyList<InputError> errors)
    {
        Errors = errors;
    }

    public T? Value { get; }

    /// <summary>In the order of the file, at most <see cref="MeteringLimits.MaxErrors"/>.</summary>
    public IReadOnlyList<InputError> Errors { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;
}
