using System.Collections.Generic;
using System.Linq;
using System.Text;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>A validator set with all its keys, and makers of messages and certificates in anybody's name.</summary>
internal sealed class Community
{
    public Community(int validators)
    {
        Signers = [.. Enumerable.Range(0, validators).Select(i => new FakeSigner(KeyOf($"validator {i}")))];
        Set = new ValidatorSet(Signers.Select((s, i) => new Validator(Label.Parse($"v{i}"), s.PublicKey, 1)));
        Verifier = new MessageVerifier(Chain, new FakeVerifier());
    }

    public ChainId Chain { get; } = ChainId.Parse("test");

    public ValidatorSet Set { get; }

    public IReadOnlyList<FakeSigner> Signers { get; }

    public MessageVerifier Verifier { get; }

    public static ChainTip Genesis { get; } = ChainTip.Genesis(NameHash("genesis"), new Instant(0));

    public static PublicKey KeyOf(string name) => new(NameHash(name).ToArray());

    public static Hash32 NameHash(string name) => Hash32.Of(Encoding.ASCII.GetBytes(name));

    public Block MakeBlock(ChainTip tip, int proposer, Instant time, params string[] batches) => Block.Create(
        new BlockHeader(
            Chain, tip.Height.Next, tip.Hash, time, Signers[proposer].PublicKey, Hash32.Zero, 0, Set.Hash),
        batches.Select(NameHash));

    public Verified<SignedMessage> Sign(int sender, ConsensusMessage message) =>
        new MessageSigner(Chain, Signers[sender]).Sign(message, new ValidatorIndex(sender));

    public VoteSignature VoteOf(int sender, ConsensusMessage message) =>
        new(new ValidatorIndex(sender), Sign(sender, message).Value.Signature);

    public PreparedCertificate Prepared(Block block, View view, params int[] signers) => new(
        block.Height, view, block.Hash,
        [.. signers.Select(i => VoteOf(i, new ConsensusMessage.Prepare(block.Height, view, block.Hash)))]);

    public CommitCertificate Committed(Block block, View view, params int[] signers) => new(
        block.Height, view, block.Hash,
        [.. signers.Select(i => VoteOf(i, new ConsensusMessage.Commit(block.Height, view, block.Hash)))]);

    public NewView Justify(Height height, View view, PreparedCertificate? prepared, params int[] signers)
    {
        PreparedClaim? claim = Statement.ClaimOf(prepared);
        ConsensusMessage.ViewChange change = new(height, view, prepared, null);
        return new NewView(
            view,
            [.. signers.Select(i => new ViewChangeVote(new ValidatorIndex(i), claim, Sign(i, change).Value.Signature))],
            prepared);
    }

    public int[] Quorum() => [.. Enumerable.Range(0, Set.Quorum)];

    public PbftOptions Options(int? self) => new()
    {
        Chain = Chain,
        Self = self is { } index ? new ValidatorIndex(index) : null,
        Validators = Set,
        Tip = Genesis,
        CheckpointInterval = 4,
    };
}
