namespace EnergyNode.Node.Admin;

/// <summary>One argument as a command declares it.</summary>
/// <param name="Name">Lower case, digits and hyphens; <c>--name</c> on a command line.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Description">One line.</param>
public sealed record AdminArgument(string Name, AdminArgumentKind Kind, string Description)
{
    /// <summary>Can be given without its name; positional arguments are filled in the order of declaration.</summary>
    public bool Positional { get; init; }

    /// <summary>A request without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>One letter, <c>-d</c> on a command line.</summary>
    public char? Short { get; init; }

    /// <summary>The value when absent; none means that the handler sees no value.</summary>
    public AdminCell Default { get; init; }
}
