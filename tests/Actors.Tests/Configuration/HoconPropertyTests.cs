using System;
using EnergyNode.Actors.Configuration;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EnergyNode.Actors.Tests.Configuration;

public sealed class HoconPropertyTests
{
    private const int Runs = 2_000;

    private static readonly string[] Fragments =
    [
        "a", "b", ".", "=", ":", "+=", "{", "}", "[", "]", ",", "\n", " ", "#", "//", "\"", "\"\"\"", "\"x\"", "\\",
        "${a}", "${?b}", "${a.b}", "${", "include ", "include \"f\"", "null", "1s", "a = ", "b += ", "a { ", "\u00e9",
        "\0", "\\u00", "\t", "\r\n", "@",
    ];

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_and_what_is_read_is_rendered_and_read_again() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs),
            Prop.ForAll(Gen.Elements(Fragments).ArrayOf().ToArbitrary(), parts => IsSound(string.Concat(parts))));

    [Fact]
    public void Any_text_survives_quoting() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(Runs),
        Prop.ForAll(
            Gen.Elements("a\"\\\n\r\t\0\u001f\u2028 #${}".ToCharArray()).ArrayOf().ToArbitrary(),
            parts =>
            {
                string text = new(parts);
                return HoconParser.Parse("a = " + HoconText.Quote(text), "f").GetString("a") == text;
            }));

    private static bool IsSound(string text)
    {
        try
        {
            string rendered = HoconText.Render(HoconParser.Parse(text, "f"));
            return HoconText.Render(HoconParser.Parse(rendered, "g")) == rendered;
        }
        catch (HoconException refusal)
        {
            return refusal.Message.StartsWith("f:", StringComparison.Ordinal) && !refusal.Message.Contains('\n');
        }
    }
}
