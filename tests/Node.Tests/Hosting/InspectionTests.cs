using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Hosting;

/// <summary>What pbm shows of validators and of what they are proved to have done, on real nodes.</summary>
public sealed class InspectionTests
{
    private const int Culprit = 3;

    [Fact]
    public async Task Pbm_shows_who_validates_and_who_is_proved_to_lie()
    {
        await using TestNetwork network = new(4);
        await network.StartAsync(0, 1, 2, Culprit);
        await network.ExecuteAsync(0, new Command.Deposit(AccountId.Parse("operator"), new Money(1)));

        JsonElement validators = await network.AskAdminAsync(1, "consensus validators");
        Assert.Equal(
            "Count: 4 validators by pbft since block 1, quorum 3 of 4", validators.GetProperty("summary").GetString());
        Assert.Equal(["false", "true", "false", "false"], Column(validators, "self"));
        Assert.Equal(["true", "true", "true", "true"], Column(validators, "reachable"));
        Assert.Equal(["1", "1", "1", "1"], Column(validators, "power"));
        Assert.Single(Column(validators, "leads"), "true");
        Assert.Equal(3, Column(await network.AskAdminAsync(1, "sentinel peers"), "name").Count);
        JsonElement nothing = await network.AskAdminAsync(1, "sentinel evidence");
        Assert.Equal("Count: 0 offences on the ledger, 0 wait", nothing.GetProperty("summary").GetString());

        byte[] evidence = DoubleVote(network).ToArray();
        ClientReceipt.Final final = await network.ExecuteAsync(0, new Command.SubmitEvidence(evidence));
        Assert.Equal(LedgerError.None, final.Receipts!.Receipts[0].Error);

        JsonElement proved = await network.AskAdminAsync(0, "sentinel evidence");
        Assert.Equal("Count: 1 offences on the ledger, 0 wait", proved.GetProperty("summary").GetString());
        Assert.Equal(["validator-4"], Column(proved, "validator"));
        Assert.Equal(["double-vote"], Column(proved, "offence"));
        Assert.Equal(["on-ledger"], Column(proved, "state"));
        Assert.Equal(["1"], Column(proved, "height"));
        Assert.Equal([final.Height.ToString()], Column(proved, "block"));
        Assert.Equal([FaultEvidence.IdOf(evidence).ToString()], Column(proved, "evidence"));
        Assert.Equal(["true"], Column(proved, "expelled"));
        Assert.Equal("true", Column(await network.AskAdminAsync(0, "consensus validators"), "expelled")[Culprit]);
    }

    private static FaultEvidence DoubleVote(TestNetwork network)
    {
        using Ed25519Signer signer = KeyFile.Load(network.ConfigurationOf(Culprit).Keys.ValidatorKey);
        MessageSigner messages = new(network.Network.Genesis.Chain, signer);
        SignedStatement Vote(string block)
        {
            ConsensusMessage vote = new ConsensusMessage.Prepare(
                new Height(1), View.Zero, Hash32.Of(Encoding.ASCII.GetBytes(block)));
            SignedMessage signed = messages.Sign(vote, new ValidatorIndex(Culprit)).Value;
            return new SignedStatement(signed.Bytes, signed.Signature);
        }

        return FaultEvidence.Of(signer.PublicKey, Vote("one"), Vote("other"))!;
    }

    private static List<string> Column(JsonElement answer, string name)
    {
        int column = answer.GetProperty("columns").EnumerateArray()
            .TakeWhile(found => found.GetProperty("name").GetString() != name).Count();
        return
        [
            .. answer.GetProperty("rows").EnumerateArray().Select(row => row[column])
                .Select(cell => cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText()),
        ];
    }
}
