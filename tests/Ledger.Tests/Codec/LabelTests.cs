using System;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EnergyNode.Ledger.Tests.Codec;

public sealed class LabelTests
{
    private const string Alphabet = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void Each_character_is_allowed_or_refused_as_documented()
    {
        for (char c = '\0'; c < 300; c++)
        {
            Assert.Equal(Alphabet.Contains(c), Label.TryParse(c.ToString(), out _));
            if (c < 256)
            {
                Assert.Equal(Alphabet.Contains(c), Label.TryFrom([(byte)c], out _));
            }
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void A_label_has_1_to_32_characters(int length, bool accepted)
    {
        string text = new('x', length);
        Assert.Equal(accepted, Label.TryParse(text, out Label label));
        Assert.Equal(accepted, Label.TryFrom(Encoding.ASCII.GetBytes(text), out _));
        Assert.Equal(accepted ? length : 0, label.Length);
        Assert.Equal(!accepted, label.IsEmpty);
    }

    [Fact]
    public void A_label_survives_text_and_bytes() =>
        Prop.ForAll(Texts(), text =>
        {
            Label label = Label.Parse(text);
            BorshWriter writer = new();
            writer.Label(label);
            BorshReader reader = new(writer.WrittenSpan);
            return label.ToString() == text && label.Length == text.Length && writer.Length == 4 + text.Length
                && reader.Label() == label && reader.End();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Labels_are_ordered_and_equal_as_their_bytes_are() =>
        Prop.ForAll(Texts(), Texts(), (left, right) =>
        {
            Label a = Label.Parse(left);
            Label b = Label.Parse(right);
            return Math.Sign(a.CompareTo(b)) == Math.Sign(string.CompareOrdinal(left, right))
                && (a == b) == (left == right)
                && (left != right || a.GetHashCode() == b.GetHashCode());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_prefix_comes_first() =>
        Assert.True(Label.Parse("north").CompareTo(Label.Parse("north-")) < 0);

    [Fact]
    public void The_hash_code_is_the_same_in_every_process() =>
        Assert.Equal(GoldenHashCode, Label.Parse("north-solar").GetHashCode());

    [Theory]
    [InlineData("00000000", CodecError.InvalidText)]
    [InlineData("020000006120", CodecError.InvalidText)]
    [InlineData("0200000061", CodecError.Truncated)]
    [InlineData("21000000616161616161616161616161616161616161616161616161616161616161616161", CodecError.TooLong)]
    public void Encodings_that_are_not_labels_are_refused(string hex, CodecError expected)
    {
        BorshReader reader = new(Convert.FromHexString(hex));
        Assert.True(reader.Label().IsEmpty);
        Assert.Equal(expected, reader.Error);
    }

    [Fact]
    public void Names_of_accounts_meters_books_and_chains_parse_and_print()
    {
        Assert.Equal("alice", AccountId.Parse("alice").ToString());
        Assert.Equal("meter.7", MeterId.Parse("meter.7").ToString());
        Assert.Equal("north-solar", BookId.Parse("north-solar").ToString());
        Assert.Equal("demo_1", ChainId.Parse("demo_1").ToString());
        Assert.Throws<FormatException>(() => AccountId.Parse("no spaces"));
        Assert.False(MeterId.TryParse(null, out _));
        Assert.True(BookId.TryParse("b", out BookId book));
        Assert.True(book.CompareTo(BookId.Parse("a")) > 0);
    }

    private const int GoldenHashCode = 1_897_306_487;

    private static Arbitrary<string> Texts() =>
        (from length in Gen.Choose(1, Label.MaxLength)
         from characters in Gen.Elements(Alphabet.ToCharArray()).ArrayOf(length)
         select new string(characters)).ToArbitrary();
}
