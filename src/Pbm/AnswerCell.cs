using System.Globalization;

namespace EnergyNode.Pbm;

/// <summary>One value of an answer: text, integer, flag, or nothing.</summary>
internal readonly record struct AnswerCell(string? Text, long? Number, bool? Flag)
{
    /// <summary>The value without any formatting; nothing is empty.</summary>
    public string Raw =>
        Text ?? Number?.ToString(CultureInfo.InvariantCulture) ?? (Flag is { } flag ? (flag ? "true" : "false") : "");

    public bool IsNone => Text is null && Number is null && Flag is null;
}
