using System;
using System.Collections.Generic;
using System.Linq;

namespace EnergyNode.Pbm;

/// <summary>The commands of one node, and those that the client makes of them.</summary>
internal sealed class Catalogue
{
    private readonly IReadOnlyList<CatalogueCommand> commands;

    /// <param name="downloaded">What the node's <c>help</c> lists.</param>
    public Catalogue(IReadOnlyList<CatalogueCommand> downloaded)
    {
        commands = [.. downloaded
            .Where(command => command.FullName != ClusterWait.Command.FullName)
            .Append(ClusterWait.Command)
            .OrderBy(command => command.FullName, StringComparer.Ordinal)];
    }

    /// <summary>All commands, or those of one palette, or one command.</summary>
    /// <exception cref="PbmException">Code 2: there is none.</exception>
    public IReadOnlyList<CatalogueCommand> Select(IReadOnlyList<string> words) => words switch
    {
        [] => commands,
        [var palette] => Palette(palette),
        [var palette, var name, ..] => [Find(palette, name)],
    };

    /// <exception cref="PbmException">Code 2: there is none, with the one that was meant.</exception>
    public CatalogueCommand Find(string palette, string name)
    {
        IReadOnlyList<CatalogueCommand> members = Palette(palette);
        if (members.FirstOrDefault(command => command.Name == name) is { } found)
        {
            return found;
        }

        string[] names = [.. members.Select(command => command.Name)];
        string advice = Suggestion.Phrase(name, names, $"it has {string.Join(", ", names)}");
        throw new PbmException(PbmExit.Usage, $"'{palette}' has no command '{name}'; {advice}");
    }

    private List<CatalogueCommand> Palette(string palette)
    {
        List<CatalogueCommand> members = [.. commands.Where(command => command.Palette == palette)];
        if (members.Count > 0)
        {
            return members;
        }

        string[] palettes = [.. commands.Select(command => command.Palette).Distinct()];
        string advice = Suggestion.Phrase(palette, palettes, $"there are {string.Join(", ", palettes)}");
        throw new PbmException(PbmExit.Usage, $"there is no palette '{palette}'; {advice}");
    }
}
