using System;
using System.Linq;
using EnergyNode.Actors.Configuration;
using Xunit;

namespace EnergyNode.Actors.Tests.Configuration;

public sealed class HoconParserTests
{
    /// <summary>Each line: what is written ("|" for a new line) ⇒ what is read, as one line.</summary>
    private const string Readings = """
        a = 1                                      ⇒ { a = 1 }
        a : 1                                      ⇒ { a = 1 }
        { "a" : 1, "b" : [1, 2] }                  ⇒ { a = 1, b = [1, 2] }
        a = 1, b = 2,                              ⇒ { a = 1, b = 2 }
        # one|a = 1 # two|// three|b = 2 // four   ⇒ { a = 1, b = 2 }
        a.b.c = 1                                  ⇒ { a = { b = { c = 1 } } }
        "a.b"."c d" = 1                            ⇒ { "a.b" = { "c d" = 1 } }
        a { b = 1 }                                ⇒ { a = { b = 1 } }
        a|{ b = 1 }                                ⇒ { a = { b = 1 } }
        a =|{ b = 1 }                              ⇒ { a = { b = 1 } }
        a = [|1|2,|3|]                             ⇒ { a = [1, 2, 3] }
        a = []                                     ⇒ { a = [] }
        a = { }                                    ⇒ { a = { } }
        a = 15 minutes                             ⇒ { a = 15 minutes }
        a = one "two"  three                       ⇒ { a = "one two  three" }
        a = "x\n\t\"\\\u0041/"                     ⇒ { a = "x\n\t\"\\A/" }
        a = '''x"y"|z'''                           ⇒ { a = "x\"y\"\nz" }
        a = '''x''''                               ⇒ { a = "x\"" }
        a = ''                                     ⇒ { a = '' }
        a { b = 1 }|a { c = 2 }                    ⇒ { a = { b = 1, c = 2 } }
        a = { b = 1 } { b = 2, c = 3 }             ⇒ { a = { b = 2, c = 3 } }
        a { b = 1 }|a = 5|a { c = 2 }              ⇒ { a = { c = 2 } }
        a = 1|a = 2                                ⇒ { a = 2 }
        a = [1] [2]                                ⇒ { a = [1, 2] }
        a = [1]|a = [2]                            ⇒ { a = [2] }
        a += 1|a += 2                              ⇒ { a = [1, 2] }
        a = [1]|a += [2]                           ⇒ { a = [1, [2]] }
        a = 1|b = ${a}                             ⇒ { a = 1, b = 1 }
        b = ${a}|a = 1|a = 2                       ⇒ { b = 2, a = 2 }
        a { b = 1, c = ${a.b} }                    ⇒ { a = { b = 1, c = 1 } }
        a = x|b = ${a}"/"${a} y                    ⇒ { a = x, b = "x/x y" }
        a = x|a = ${a}y                            ⇒ { a = "xy" }
        a = [1]|a = ${a} [2]                       ⇒ { a = [1, 2] }
        a = ${?none}                               ⇒ { }
        a = 1|a = ${?none}                         ⇒ { a = 1 }
        a = ${?none} ${?none}                      ⇒ { }
        a = [${?none}, 1]                          ⇒ { a = [1] }
        a = ${?a}x                                 ⇒ { a = "x" }
        d { x = 1 }|a = ${d} { y = 2 }             ⇒ { d = { x = 1 }, a = { x = 1, y = 2 } }
        d { x = 1 }|a = ${d}|a { x = 2 }           ⇒ { d = { x = 1 }, a = { x = 2 } }
        d { x = 1 }|a { y = 2 }|a = ${d}           ⇒ { d = { x = 1 }, a = { y = 2, x = 1 } }
        a.b = 1|c = ${a}{ d = ${a.b} }             ⇒ { a = { b = 1 }, c = { b = 1, d = 1 } }
        """;

    /// <summary>Each line: what is written ⇒ the message, after the name of the file.</summary>
    private const string Mistakes = """
        a = 1 }                   ⇒ 1:7: '}' closes nothing; remove it or add '{' before
        a = { b = 1               ⇒ 1:5: '{' is never closed; add '}'
        x = 1|a = [1,|2           ⇒ 2:5: '[' is never closed; add ']'
        a = [1}                   ⇒ 1:7: a new line, ',' or ']' is expected here, found '}'
        { a = 1 } b               ⇒ 1:11: nothing may follow the closing '}', found 'b'; remove it
        [1]                       ⇒ 1:1: the top level must be an object, not a list; write key = [ … ]
        a =|b = 2                 ⇒ 1:4: a has no value; write one, or null to leave it unset
        a.b =                     ⇒ 1:6: a.b has no value; write one, or null to leave it unset
        a|b = 2                   ⇒ 1:2: '=', ':', '+=' or '{' is expected after the key a, found the end of the line
        a b = 2                   ⇒ 1:3: '=', ':', '+=' or '{' is expected after the key a, found 'b'
        = 2                       ⇒ 1:1: a key is expected here, found '='; write a name
        a..b = 2                  ⇒ 1:3: a key is expected here, found '.'; write a name
        a = localhost:80          ⇒ 1:14: the character ':' is special; put the value in quotation marks
        a = me@home               ⇒ 1:7: the character '@' is special; put the value in quotation marks
        a = "b                    ⇒ 1:5: the text is not closed on its line; add a quotation mark, or use three of them
        a = '''b                  ⇒ 1:5: the text is never closed; add ''' at its end
        a = "\q"                  ⇒ 1:6: unknown escape; write \\ for a backslash
        a = ${b                   ⇒ 1:5: the substitution is not closed; write ${path} or ${?path}
        a = 1|b = ${c}            ⇒ 2:5: ${c} has no value; set c, or write ${?c} if it may be absent
        a = ${a}                  ⇒ 1:5: the substitution is a circle (a → a); break it
        a = ${b}|b = ${c}|c=${a}  ⇒ 3:3: the substitution is a circle (a → b → c → a); break it
        a { b = ${a} }            ⇒ 1:9: the substitution is a circle (a → a.b → a); break it
        a = [1] { b = 1 }         ⇒ 1:5: a list and an object cannot be joined; separate them by ',' or a new line
        a = 1|a += 2              ⇒ 1:5: a must be a list, because '+=' adds to it, found "1"
        a = [1,,2]                ⇒ 1:8: two commas follow each other; remove one
        include x                 ⇒ 1:9: include needs a file name in quotation marks; write include "other.hocon"
        """;

    public static TheoryData<string, string> ReadingTable => Table(Readings);

    public static TheoryData<string, string> MistakeTable => Table(Mistakes);

    [Theory]
    [MemberData(nameof(ReadingTable))]
    public void A_text_is_read_as_the_specification_says(string text, string expected) =>
        Assert.Equal(expected, HoconText.Render(HoconParser.Parse(text, "cluster.hocon")).Trim());

    [Theory]
    [MemberData(nameof(ReadingTable))]
    public void What_is_rendered_is_read_back_unchanged(string text, string expected)
    {
        string rendered = HoconText.Render(HoconParser.Parse(text, "cluster.hocon"));
        Assert.Equal(expected, HoconText.Render(HoconParser.Parse(rendered, "again.hocon")).Trim());
    }

    [Theory]
    [MemberData(nameof(MistakeTable))]
    public void A_mistake_is_one_line_with_file_line_and_column(string text, string expected)
    {
        HoconException mistake = Assert.Throws<HoconException>(() => HoconParser.Parse(text, "cluster.hocon"));
        Assert.Equal("cluster.hocon:" + expected, mistake.Message);
        Assert.DoesNotContain('\n', mistake.Message);
    }

    [Fact]
    public void Every_value_knows_its_line_and_column_with_either_line_end()
    {
        HoconObject tree = HoconParser.Parse("a {\r\n  b = 1\r\n  c = [ x,\r\n        y ]\r\n}\n", "f");
        Assert.Equal("f:1:3", tree.GetObject("a").Origin.ToString());
        Assert.Equal("f:2:7", tree.Find("a.b")!.Origin.ToString());
        Assert.Equal("f:2:3", tree.GetObject("a").FindField("b")!.Origin.ToString());
        Assert.Equal("f:4:9", tree.GetArray("a.c").Items[1].Origin.ToString());
    }

    [Fact]
    public void A_null_takes_an_earlier_value_away()
    {
        HoconObject tree = HoconParser.Parse("a = 1\na = null\nb = \"null\"", "f");
        Assert.False(tree.HasPath("a"));
        Assert.Equal("null", tree.GetString("b"));
    }

    private static TheoryData<string, string> Table(string lines)
    {
        TheoryData<string, string> rows = [];
        foreach (string[] cells in lines.Split('\n').Select(line => line.Split('⇒')))
        {
            rows.Add(Written(cells[0].TrimEnd()), Written(cells[1].Trim()));
        }

        return rows;

        // Three apostrophes stand for three quotation marks, two for an empty text: the tables are raw strings.
        static string Written(string cell) => cell
            .Replace("'''", "\"\"\"", StringComparison.Ordinal)
            .Replace(" ''", " \"\"", StringComparison.Ordinal)
            .Replace("\"\"\"'", "\"\"\"\"", StringComparison.Ordinal)
            .Replace('|', '\n');
    }
}
