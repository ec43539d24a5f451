using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using EnergyNode.Actors.Configuration;
using Xunit;

namespace EnergyNode.Actors.Tests.Configuration;

public sealed class HoconSourcesTests
{
    [Fact]
    public void An_include_is_relative_to_the_file_that_includes()
    {
        HoconObject tree = Parse("a = 1\ninclude \"sub/b.hocon\"", files: """
            sub/b.hocon: b = 2, include "c.hocon"
            sub/c.hocon: c = ${a}
            """);
        Assert.Equal("{ a = 1, b = 2, c = 1 }", HoconText.Render(tree));
        Assert.Equal("sub/b.hocon:1:5", tree.Find("b")!.Origin.ToString());
    }

    [Fact]
    public void A_file_included_below_a_key_sees_its_own_keys_before_those_of_the_including_file()
    {
        HoconObject tree = Parse("x = outer, y = outer\na { include required(\"b.hocon\") }", files: """
            b.hocon: x = inner, p = ${x}, q = ${y}
            """);
        Assert.Equal("inner", tree.GetString("a.p"));
        Assert.Equal("outer", tree.GetString("a.q"));
    }

    [Theory]
    [InlineData("include \"none\"", "main:1:1: the included file none does not exist; create it or fix the name")]
    [InlineData("include \"\"", "main:1:1: the name of the included file is empty or not valid; correct it")]
    [InlineData("\n include \"main\"", "main:2:2: main includes itself; remove one include of the circle")]
    [InlineData("include \"loop\"", "loop:1:1: loop includes itself; remove one include of the circle")]
    [InlineData("include \"bad\"", "bad:1:4: a has no value; write one, or null to leave it unset")]
    public void A_bad_include_is_reported_where_it_stands(string text, string expected)
    {
        HoconException mistake = Assert.Throws<HoconException>(() => Parse(text, files: """
            loop: include "./loop"
            bad: a =
            """));
        Assert.Equal(expected, mistake.Message.Replace("./", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ConfigurationLimits.MaxIncludeDepth - 1, true)]
    [InlineData(ConfigurationLimits.MaxIncludeDepth, false)]
    public void Includes_nest_to_the_limit_and_no_further(int includes, bool accepted)
    {
        StringBuilder files = new();
        for (int i = 1; i < includes; i++)
        {
            files.Append(CultureInfo.InvariantCulture, $"f{i}: include \"f{i + 1}\"\n");
        }

        files.Append(CultureInfo.InvariantCulture, $"f{includes}: deepest = 1");
        Check(accepted, "more than 8 files include one another", () =>
            Assert.Equal(1, Parse("include \"f1\"", files.ToString()).GetLong("deepest")));
    }

    [Theory]
    [InlineData(ConfigurationLimits.MaxFiles - 1, true)]
    [InlineData(ConfigurationLimits.MaxFiles, false)]
    public void Files_are_counted(int includes, bool accepted) =>
        Check(accepted, "more than 100 files are included", () =>
            Parse(Repeat("include \"x\"\n", includes), "x: a = 1"));

    [Theory]
    [InlineData(ConfigurationLimits.MaxFileBytes, true)]
    [InlineData(ConfigurationLimits.MaxFileBytes + 1, false)]
    public void A_file_is_read_to_its_limit_and_no_further(int length, bool accepted) =>
        Check(accepted, "the file has more than 1048576 bytes", () => Parse("#" + new string('x', length - 1)));

    [Theory]
    [InlineData(ConfigurationLimits.MaxKeyLength, true)]
    [InlineData(ConfigurationLimits.MaxKeyLength + 1, false)]
    public void A_key_has_a_longest_length(int length, bool accepted) =>
        Check(accepted, "the key has more than 128 characters", () => Parse(new string('k', length) + " = 1"));

    [Theory]
    [InlineData(ConfigurationLimits.MaxTextLength, true)]
    [InlineData(ConfigurationLimits.MaxTextLength + 1, false)]
    public void A_text_has_a_longest_length(int length, bool accepted) =>
        Check(accepted, "the text has more than 65536 characters", () => Parse("a = " + new string('k', length)));

    [Theory]
    [InlineData("a = ", "[", "]")]
    [InlineData("", "a {", "}")]
    [InlineData("", "a.", "b = 1")]
    public void Nesting_has_a_limit(string start, string open, string close)
    {
        string Nested(int levels) => start + Repeat(open, levels) + (close.Length == 1 ? Repeat(close, levels) : close);
        int most = ConfigurationLimits.MaxDepth - (open == "a {" ? 1 : 2);
        Check(accepted: true, "", () => Parse(Nested(most)));
        Check(accepted: false, "the value is nested deeper than 32 levels", () => Parse(Nested(most + 1)));
    }

    [Theory]
    [InlineData(ConfigurationLimits.MaxResolutionDepth, true)]
    [InlineData(ConfigurationLimits.MaxResolutionDepth + 1, false)]
    public void Substitutions_that_wait_for_one_another_have_a_limit(int count, bool accepted)
    {
        string links = string.Concat(Enumerable.Range(1, count - 1).Select(i => $"a{i} = ${{a{i + 1}}}\n"));
        Check(accepted, "takes more than 512 substitutions", () => Parse($"{links}a{count} = 1"));
    }

    [Fact]
    public void Substitutions_cannot_double_a_value_without_end()
    {
        const string doubling = "z = [1]\n";
        string lists = doubling + string.Concat(Enumerable.Range(0, 30).Select(_ => "z = ${z} ${z}\n"));
        Check(accepted: false, "substitution makes more than 131072 values", () => Parse(lists));
        string nested = doubling + string.Concat(Enumerable.Range(0, 25).Select(_ => "z = [${z}, ${z}]\n"));
        Check(accepted: false, "substitution makes more than 131072 values", () => Parse(nested));
        string texts = "z = x\n" + string.Concat(Enumerable.Range(0, 30).Select(_ => "z = ${z}${z}\n"));
        Check(accepted: false, "the text has more than 65536 characters", () => Parse(texts));
    }

    [Fact]
    public void A_value_that_refers_twice_to_its_earlier_one_is_read_in_linear_time()
    {
        string chain = "z = \"\"\n" + Repeat("z = ${z}${z}\n", 200);
        Assert.Equal("", Parse(chain).GetString("z"));
    }

    [Fact]
    public void A_substitution_falls_back_to_the_environment_and_keeps_its_origin()
    {
        HoconObject tree = Parse("a = ${HOME_DIR}/data, b = ${?HOME_DIR}, c = ${?NONE}", "", "HOME_DIR=/srv");
        Assert.Equal("/srv/data", tree.GetString("a"));
        Assert.Equal("environment variable HOME_DIR", tree.Find("b")!.Origin.ToString());
        Assert.False(tree.HasPath("c"));
        Assert.Equal("set", Parse("a = ${x}, x = set", "", "x=environment").GetString("a"));
    }

    [Theory]
    [InlineData("AKKA__CLUSTER__MIN_NR_OF_MEMBERS=3", "akka.cluster.min-nr-of-members", "3")]
    [InlineData("ENERGY_NODE__ADMIN__PORT=0", "energy-node.admin.port", "0")]
    [InlineData("AKKA__LOGLEVEL= DEBUG ", "akka.loglevel", "DEBUG")]
    [InlineData("ENERGY_NODE__LISTEN=a:b@c # {", "energy-node.listen", "a:b@c # {")]
    public void A_variable_overrides_a_key(string variable, string path, string expected)
    {
        HoconObject tree = Parse("akka { loglevel = INFO, cluster.min-nr-of-members = 1 }", "", variable);
        Assert.Equal(expected, tree.GetString(path));
        Assert.Equal("environment variable " + variable.Split('=')[0], tree.Find(path)!.Origin.ToString());
    }

    [Fact]
    public void An_override_may_be_a_list_and_is_seen_by_substitutions()
    {
        HoconObject tree = Parse(
            "a = ${akka.x}, akka.x = 1", "", "AKKA__SEEDS=[\"n1:1\", \"n2:2\"]|AKKA__X=2|OTHER__X=3");
        Assert.Equal(["n1:1", "n2:2"], tree.GetStringList("akka.seeds"));
        Assert.Equal(2, tree.GetLong("a"));
        Assert.False(tree.HasPath("other"));
    }

    [Theory]
    [InlineData("AKKA__=1", "environment variable AKKA__: the name must be words between '__'")]
    [InlineData("AKKA__A____B=1", "environment variable AKKA__A____B: the name must be words between '__'")]
    [InlineData("AKKA__A=[1", "environment variable AKKA__A: '[' is never closed")]
    public void A_bad_override_is_reported_with_its_name(string variable, string expected) =>
        Check(accepted: false, expected, () => Parse("", "", variable));

    private static void Check(bool accepted, string expected, Action action)
    {
        if (accepted)
        {
            action();
            return;
        }

        Assert.Contains(expected, Assert.Throws<HoconException>(action).Message, StringComparison.Ordinal);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static HoconObject Parse(string text, string files = "", string environment = "")
    {
        Dictionary<string, string> byName = files.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        Dictionary<string, string> variables = environment.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        return HoconParser.Parse(
            text, "main", new HoconSources(byName.GetValueOrDefault, variables, ["AKKA__", "ENERGY_NODE__"]));
    }
}
