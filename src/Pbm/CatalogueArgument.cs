namespace EnergyNode.Pbm;

/// <summary>One argument as the node declares it.</summary>
internal sealed record CatalogueArgument(string Name, ArgumentKind Kind, string Description)
{
    public bool Positional { get; init; }

    public bool Required { get; init; }

    public char? Short { get; init; }

    public AnswerCell Default { get; init; }

    /// <summary>As it stands in a usage line.</summary>
    public string Usage
    {
        get
        {
            string named = Short is { } letter ? $"-{letter}|--{Name}" : $"--{Name}";
            string word = Positional ? Name.ToUpperInvariant()
                : Kind == ArgumentKind.Flag ? named
                : $"{named} {Kind.ToString().ToUpperInvariant()}";
            return Required ? word : $"[{word}]";
        }
    }
}
