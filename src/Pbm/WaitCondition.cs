using System;
using System.Collections.Generic;
using System.Globalization;

namespace EnergyNode.Pbm;

/// <summary>One thing that <c>cluster wait</c> waits for, looked up in the answer to <c>cluster status</c>.</summary>
/// <param name="Name"><c>height</c>, <c>members</c> or <c>healthy</c>.</param>
/// <param name="AtLeast">The number to reach; none for <c>healthy</c>.</param>
internal sealed record WaitCondition(string Name, long? AtLeast)
{
    /// <summary>Reads <c>height=100,members=4,healthy</c>.</summary>
    /// <exception cref="PbmException">Code 2.</exception>
    public static IReadOnlyList<WaitCondition> ParseAll(string text)
    {
        var conditions = new List<WaitCondition>();
        foreach (string part in text.Split(','))
        {
            conditions.Add(Parse(part.Trim()));
        }

        return conditions;
    }

    public bool IsMet(Answer status) => AtLeast is { } least ? Seen(status).Number >= least : Seen(status).Flag == true;

    /// <summary>The condition and the present state, for the message of a time-out.</summary>
    public string Describe(Answer status)
    {
        string seen = Seen(status) is { IsNone: false } value ? TerminalText.Sanitise(value.Raw) : "unknown";
        return $"{Name}={seen}" + (AtLeast is { } least
            ? string.Create(CultureInfo.InvariantCulture, $" (wanted {least})")
            : "");
    }

    private static WaitCondition Parse(string part)
    {
        int equals = part.IndexOf('=');
        string name = equals < 0 ? part : part[..equals];
        if (name == "healthy" && equals < 0)
        {
            return new WaitCondition(name, null);
        }

        bool number = long.TryParse(
            part.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long least);
        return name is "height" or "members" && equals > 0 && number
            ? new WaitCondition(name, least)
            : throw new PbmException(
                PbmExit.Usage, $"cannot wait for '{part}'; give height=N, members=N or healthy, joined by commas");
    }

    private AnswerCell Seen(Answer status)
    {
        AnswerCell cell = status.Find(Name);
        return cell.IsNone && Name == "height" ? new AnswerCell(null, status.Height, null) : cell;
    }
}
