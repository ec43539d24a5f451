using System.Collections.Generic;

namespace EnergyNode.Node.Readings;

/// <summary>The links of an Atom entry (RFC 4287 §4.2.7), by which ESPI resources refer to each other.</summary>
/// <param name="Self">The entry's own address, or empty.</param>
/// <param name="Up">The collection that holds it, or empty.</param>
/// <param name="Related">What belongs to it.</param>
internal sealed record EspiLinks(string Self, string Up, IReadOnlyList<string> Related)
{
    public static readonly EspiLinks None = new("", "", []);

    /// <summary>The collection: stated, or the own address without its last part.</summary>
    public string Collection => Up.Length > 0 ? Up : Parent(Self);

    /// <summary>The part of the own address that follows <c>/UsagePoint/</c>; empty when there is none.</summary>
    public string UsagePoint
    {
        get
        {
            const string Mark = "/UsagePoint/";
            string address = Self.Length > 0 ? Self : Up;
            int at = address.IndexOf(Mark, System.StringComparison.Ordinal);
            if (at < 0)
            {
                return "";
            }

            int end = address.IndexOf('/', at + Mark.Length);
            return end < 0 ? address[(at + Mark.Length)..] : address[(at + Mark.Length)..end];
        }
    }

    private static string Parent(string address)
    {
        int slash = address.LastIndexOf('/');
        return slash < 0 ? "" : address[..slash];
    }
}
