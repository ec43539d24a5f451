using System;
using System.Text.Json.Nodes;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Market.Coupling;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Tests.Setup;
using Xunit;

namespace EnergyNode.Node.Tests.Cli;

public sealed class ClearingProofTests
{
    [Fact]
    public void A_file_says_whether_it_is_of_one_book_or_of_coupled_ones_and_what_is_wrong_with_it()
    {
        LedgerState state = SampleGenesis.Make().BuildState(out _)!;
        ClearingCertificate single = new(
            BookId.Parse("home-spot"), new EpochIndex(3), BookMechanism.CallAuction, [], [], null, default);
        NetworkNode root = new(ZoneId.Parse("north"), null, NetworkNode.NoParent, default, default);
        CouplingCertificate coupled = new(
            new CouplingKey(new EpochIndex(3), new EpochIndex(7), EnergyQuality.Solar),
            [new CouplingNode(root, new NodeResult(default, new Price(5)))], [], [], default, default);
        JsonObject one = Describe(ClearingProof.Of(
            ChainId.Parse("sample"), new Height(1), state.CommitRoot(), state, single));
        JsonObject many = Describe(ClearingProof.Of(
            ChainId.Parse("sample"), new Height(1), state.CommitRoot(), state, coupled));
        Assert.Equal("home-spot", one["book"]!.GetValue<string>());
        Assert.Equal("solar", many["quality"]!.GetValue<string>());
        Assert.Equal(7, many["deliveryEpoch"]!.GetValue<long>());
        Assert.Equal("north", many["nodes"]![0]!["zone"]!.GetValue<string>());
        Assert.Equal(5, many["nodes"]![0]!["priceMicroPerKwh"]!.GetValue<long>());
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 0, 7 })]
    [InlineData(new byte[] { 2, 0, 7 })]
    [InlineData(new byte[] { 3, 0, 7 })]
    public void Other_bytes_are_no_clearing(byte[] bytes)
    {
        Assert.Null(ClearingProof.Read(bytes, out CodecError error));
        Assert.NotEqual(CodecError.None, error);
    }

    /// <summary>Written, read back, and refused: the state knows nothing of it.</summary>
    private static JsonObject Describe(ClearingProof proof)
    {
        ClearingProof read = ClearingProof.Read(proof.ToArray(), out _)!;
        Assert.StartsWith("the proof does not show", read.Problem(), StringComparison.Ordinal);
        Assert.Equal(proof.Summary, read.Summary);
        JsonObject json = [];
        read.Describe(json);
        Assert.Equal(3, json["epoch"]!.GetValue<long>());
        return json;
    }
}
