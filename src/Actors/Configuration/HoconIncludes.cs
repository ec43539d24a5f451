using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace EnergyNode.Actors.Configuration;

/// <summary>Reads files into trees, each with the files that it includes.</summary>
internal sealed class HoconIncludes
{
    private readonly HoconSources _sources;
    private readonly List<string> _open = [];
    private int _files;

    public HoconIncludes(HoconSources sources) => _sources = sources;

    public HoconNode.Tree ReadText(string text, string file, IReadOnlyList<string> prefix)
    {
        HoconOrigin start = new(file, 1, 1);
        if (text.Length > ConfigurationLimits.MaxFileBytes)
        {
            throw new HoconException(
                start, $"the file has more than {ConfigurationLimits.MaxFileBytes} bytes; split or shorten it");
        }

        _files++;
        _open.Add(file);
        HoconNode.Tree tree = new HoconReader(new HoconCursor(text, start), this, prefix).ReadFile();
        _open.RemoveAt(_open.Count - 1);
        return tree;
    }

    /// <param name="name">The name as it was written, relative to the directory of the including file.</param>
    /// <param name="origin">Where the include was written.</param>
    /// <param name="prefix">The path of the object that includes.</param>
    public HoconNode.Tree Read(string name, HoconOrigin origin, IReadOnlyList<string> prefix)
    {
        if (_open.Count == 0)
        {
            throw new HoconException(origin, "include works in files only; write the value itself");
        }

        if (name.Length == 0 || name.Any(char.IsControl))
        {
            throw new HoconException(origin, "the name of the included file is empty or not valid; correct it");
        }

        string file = Path.Combine(Path.GetDirectoryName(_open[^1]) ?? "", name);
        foreach (string open in _open)
        {
            if (string.Equals(Path.GetFullPath(open), Path.GetFullPath(file), StringComparison.Ordinal))
            {
                throw new HoconException(origin, $"{file} includes itself; remove one include of the circle");
            }
        }

        if (_open.Count >= ConfigurationLimits.MaxIncludeDepth)
        {
            throw new HoconException(
                origin, $"more than {ConfigurationLimits.MaxIncludeDepth} files include one another; make it flatter");
        }

        if (_files >= ConfigurationLimits.MaxFiles)
        {
            throw new HoconException(
                origin, $"more than {ConfigurationLimits.MaxFiles} files are included; include less");
        }

        string text = _sources.ReadFile(file)
            ?? throw new HoconException(origin, $"the included file {file} does not exist; create it or fix the name");
        return ReadText(text, file, prefix);
    }
}
