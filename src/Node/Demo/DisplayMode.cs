namespace EnergyNode.Node.Demo;

/// <summary>How progress is shown.</summary>
internal enum DisplayMode
{
    None,

    /// <summary>A new line every few seconds.</summary>
    Lines,

    /// <summary>One line of a terminal, written over.</summary>
    Live,
}
