namespace EnergyNode.Actors.Configuration;

/// <summary>A text as it was written. What it means (number, duration …) is decided by whoever reads it.</summary>
public sealed class HoconScalar : HoconValue
{
    private const int LongestShown = 60;

    public HoconScalar(string text, bool quoted, HoconOrigin origin)
        : base(origin, depth: 1, count: 1)
    {
        Text = text;
        Quoted = quoted;
        if (text.Length > ConfigurationLimits.MaxTextLength)
        {
            throw new HoconException(
                origin,
                $"the text has more than {ConfigurationLimits.MaxTextLength} characters; shorten it");
        }
    }

    public string Text { get; }

    /// <summary>Whether the text stood in quotation marks: <c>"null"</c> is a text and not the null value.</summary>
    public bool Quoted { get; }

    /// <summary>Null takes an earlier value away again: the key counts as not set.</summary>
    public bool IsNull => !Quoted && Text == "null";

    public override string Describe()
    {
        if (IsNull)
        {
            return "null";
        }

        return HoconText.Quote(Text.Length <= LongestShown ? Text : Text[..LongestShown] + "…");
    }
}
