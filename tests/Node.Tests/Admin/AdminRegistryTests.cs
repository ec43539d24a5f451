using System;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;
using Xunit;

namespace EnergyNode.Node.Tests.Admin;

public sealed class AdminRegistryTests
{
    [Fact]
    public void Commands_are_listed_by_palette_and_name()
    {
        AdminRegistry registry = new AdminRegistry()
            .Add(Command("b", "a"))
            .Add(Command("a", "z"))
            .Add(Command("a", "b"));
        Assert.Equal(["a b", "a z", "b a"], registry.Commands.Select(command => command.FullName));
    }

    [Fact]
    public void A_name_is_taken_once_and_help_never()
    {
        AdminRegistry registry = new AdminRegistry().Add(Command("a", "b"));
        Assert.Throws<ArgumentException>(() => registry.Add(Command("a", "b")));
        Assert.Throws<ArgumentException>(() => registry.Add(Command("help", "b")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("two words")]
    [InlineData("-x")]
    public void Command_words_are_lower_case(string word) =>
        Assert.Throws<ArgumentException>(() => Command("a", word));

    [Fact]
    public void Declarations_that_cannot_be_used_are_refused()
    {
        var first = new AdminArgument("a", AdminArgumentKind.Text, "") { Short = 'x', Positional = true };
        Assert.Throws<ArgumentException>(() => Command("p", "n", first, first));
        Assert.Throws<ArgumentException>(() => Command("p", "n", first, first with { Name = "b" }));
        Assert.Throws<ArgumentException>(() => Command("p", "n", first with { Default = 1L }));
        Assert.Throws<ArgumentException>(
            () => Command("p", "n", first, new AdminArgument("b", AdminArgumentKind.Text, "")
            {
                Positional = true,
                Required = true,
            }));
    }

    [Fact]
    public void A_table_has_a_cell_for_each_column() =>
        Assert.Throws<ArgumentException>(() => new AdminTable([new("a")], [["x", "y"]]));

    [Fact]
    public void A_token_is_recognised_and_never_printed()
    {
        AdminToken token = AdminToken.Create();
        Assert.True(AdminToken.FromHex(token.Hex).Matches(token.Hex));
        Assert.False(token.Matches(AdminToken.Create().Hex));
        Assert.False(token.Matches(token.Hex + "0"));
        Assert.False(token.Matches(""));
        Assert.DoesNotContain(token.Hex, $"{token}");
        Assert.Throws<FormatException>(() => AdminToken.FromHex("00"));
    }

    private static AdminCommand Command(string palette, string name, params AdminArgument[] arguments) =>
        new(palette, name, "a test", arguments, (_, _) => Task.FromResult(new AdminTable([], [])));
}
