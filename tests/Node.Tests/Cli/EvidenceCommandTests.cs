using System;
using System.IO;
using System.Linq;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Setup;
using EnergyNode.Node.Tests.Crypto;
using EnergyNode.Node.Tests.Setup;
using Xunit;

namespace EnergyNode.Node.Tests.Cli;

public sealed class EvidenceCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Ed25519Signer[] _signers =
        [.. Enumerable.Range(1, 4).Select(seed => new Ed25519Signer([.. Enumerable.Repeat((byte)seed, 32)]))];

    private readonly GenesisBlock _genesis;

    public EvidenceCommandTests()
    {
        _genesis = SampleGenesis.Make() with
        {
            Validators = new ValidatorSet(_signers.Select(
                (signer, index) => new Validator(Label.Parse($"validator-{index + 1}"), signer.PublicKey, 1))),
        };
        GenesisFile.Save(PathOf(GenesisFile.Name), _genesis);
    }

    [Fact]
    public void Two_votes_with_real_signatures_convict_by_the_genesis_beside_the_file()
    {
        byte[] bytes = DoubleVote(_signers[2]).ToArray();
        Assert.InRange(bytes.Length, 1, 2_048);

        Assert.Equal(0, Verify(bytes, json: false, out string text));
        Assert.StartsWith("valid: validator-3 (", text);
        Assert.Contains("DoubleVote at height 7, view 0", text);
        Assert.Equal(0, Verify(bytes, json: true, out string json));
        Assert.Contains("\"valid\":true", json);
        Assert.Contains("\"name\":\"validator-3\"", json);
        Assert.Contains("\"height\":7", json);
    }

    [Fact]
    public void What_proves_nothing_is_answered_with_the_reason_and_1()
    {
        using Ed25519Signer stranger = new([.. Enumerable.Repeat((byte)9, 32)]);
        byte[] forged = DoubleVote(_signers[0]).ToArray();
        forged[^1] ^= 1;

        Assert.Equal(1, Verify(forged, json: false, out string signature));
        Assert.Contains("a signature is not the culprit's", signature);
        Assert.Equal(1, Verify(DoubleVote(stranger).ToArray(), json: true, out string member));
        Assert.Contains("\"reason\":\"WrongSet\"", member);
        Assert.Equal(1, Verify([1, 2, 3], json: true, out string form));
        Assert.Contains("\"reason\":\"Malformed\"", form);
    }

    [Fact]
    public void A_file_that_is_missing_or_too_long_is_wrong_usage()
    {
        using StringWriter output = new();
        EvidenceCommand command = new(output);

        CommandFailedException missing = Assert.Throws<CommandFailedException>(
            () => command.Verify(PathOf("none"), null, json: false));
        Assert.Equal(2, missing.ExitCode);
        byte[] longest = new byte[Limits.MaxEvidenceBytes];
        Assert.Equal(1, Verify(longest, json: false, out _));
        Assert.Throws<CommandFailedException>(() => Verify([.. longest, 0], json: false, out _));
    }

    [Fact]
    public void A_directory_without_a_journal_is_wrong_usage()
    {
        using StringWriter output = new();

        Assert.Equal(
            2,
            Assert.Throws<CommandFailedException>(
                () => new ForensicsCommand(output, new Ed25519Verifier()).Run(
                    [_directory.Path], null, [], json: true)).ExitCode);
        Assert.Equal(
            2,
            Assert.Throws<CommandFailedException>(
                () => new EvidenceCommand(output).List(PathOf("nowhere"), null, null, json: true)).ExitCode);
    }

    public void Dispose()
    {
        foreach (Ed25519Signer signer in _signers)
        {
            signer.Dispose();
        }

        _directory.Dispose();
    }

    private FaultEvidence DoubleVote(ISigner signer) => FaultEvidence.Of(
        signer.PublicKey, Prevote(signer, "one"), Prevote(signer, "other"))!;

    private SignedStatement Prevote(ISigner signer, string block)
    {
        ConsensusMessage vote = new ConsensusMessage.Prevote(
            new Height(7), View.Zero, Hash32.Of(System.Text.Encoding.ASCII.GetBytes(block)));
        SignedMessage signed = new MessageSigner(_genesis.Chain, signer).Sign(vote, new ValidatorIndex(0)).Value;
        return new SignedStatement(signed.Bytes, signed.Signature);
    }

    private int Verify(byte[] evidence, bool json, out string text)
    {
        string file = PathOf("case" + EvidenceCommand.Extension);
        File.WriteAllBytes(file, evidence);
        using StringWriter output = new();
        int code = new EvidenceCommand(output).Verify(file, null, json);
        text = output.ToString();
        return code;
    }

    private string PathOf(string name) => Path.Combine(_directory.Path, name);
}
