using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using EnergyNode.Consensus.Pbft;
using EnergyNode.Consensus.Pos;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Support;

/// <summary>A validator set with all its keys, and makers of messages and certificates in anybody's name.</summary>
internal sealed class Community
{
    public Community(int validators)
        : this(ConsensusProtocol.Pbft, [.. Enumerable.Repeat(1L, validators)])
    {
    }

    public Community(ConsensusProtocol protocol, params long[] powers)
    {
        Protocol = protocol;
        Signers = [.. Enumerable.Range(0, powers.Length).Select(i => new FakeSigner(KeyOf($"validator {i}")))];
        Set = new ValidatorSet(
            Signers.Select((s, i) => new Validator(Label.Parse($"v{i}"), s.PublicKey, powers[i])));
        Verifier = new MessageVerifier(Chain, new FakeVerifier(), protocol, Work);
        Power = new VotingPower(Set, VotingPower.RuleOf(protocol));
    }

    /// <summary>Of a community that mines: two hashes in three make no block.</summary>
    public static WorkParameters Work { get; } = new(Duration.FromMillis(400), 6, new Difficulty(32));

    public ConsensusProtocol Protocol { get; }

    public VotingPower Power { get; }

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
        [.. signers.Select(i => VoteOf(i, Protocol == ConsensusProtocol.Pos
            ? new ConsensusMessage.Prevote(block.Height, view, block.Hash)
            : new ConsensusMessage.Prepare(block.Height, view, block.Hash)))]);

    /// <summary>A quorum's prevotes for a proposal that rests on an earlier round.</summary>
    public PreparedCertificate Polka(Block block, View round, View? validRound, params int[] signers) => new(
        block.Height, round, block.Hash,
        [.. signers.Select(i => VoteOf(
            i, new ConsensusMessage.Prevote(block.Height, round, block.Hash, validRound)))])
    {
        ValidRound = validRound,
    };

    public CommitCertificate Committed(Block block, View view, params int[] signers) => new(
        block.Height, view, block.Hash,
        [.. signers.Select(i => VoteOf(i, Protocol == ConsensusProtocol.Pos
            ? new ConsensusMessage.Precommit(block.Height, view, block.Hash)
            : new ConsensusMessage.Commit(block.Height, view, block.Hash)))]);

    /// <summary>A view change from a height on, with what was prepared there.</summary>
    public static ConsensusMessage.ViewChange Change(Height height, View view, params PreparedBlock?[] prepared) =>
        new(height, view, prepared, []);

    /// <summary>A new view by equal view changes, each with what is chosen.</summary>
    public ConsensusMessage.OpenView Open(Height height, View view, PreparedBlock[] chosen, params int[] signers)
    {
        ConsensusMessage.ViewChange change = Change(height, view, chosen);
        return new ConsensusMessage.OpenView(height, view, new NewViewProof(
            [.. signers.Select(i => VoteIn(i, change))], [], chosen, null));
    }

    public ViewChangeVote VoteIn(int sender, ConsensusMessage.ViewChange change) =>
        new(new ValidatorIndex(sender), change.Height, change.Claims, Sign(sender, change).Value.Signature);

    /// <summary>As few of the first validators as make a quorum.</summary>
    public int[] Quorum()
    {
        List<int> signers = [];
        UInt128 power = 0;
        for (int i = 0; !Power.IsQuorum(power); i++)
        {
            signers.Add(i);
            power += Power.Of(new ValidatorIndex(i));
        }

        return [.. signers];
    }

    /// <param name="last">The decision of the block to go on from; null at genesis.</param>
    public IConsensus GoOn(int? self, Decision? last) => Protocol == ConsensusProtocol.Pow
        ? new PowMachine(PowOptions(self) with { Tip = FinalOf(last) })
        : CreateMachine(self, TipOf(last));

    public IConsensus CreateMachine(int? self, ChainTip tip) => Protocol == ConsensusProtocol.Pos
        ? new PosMachine(PosOptions(self) with { Tip = tip })
        : new PbftMachine(Options(self) with { Tip = tip });

    public static ChainTip TipOf(Decision? last) => last is null ? Genesis : ChainTip.Of(last.Block);

    public static FinalBlock FinalOf(Decision? last) => last is null
        ? new FinalBlock(Genesis.Height, Genesis.Hash, Genesis.Time, null)
        : FinalBlock.Of(last);

    public PowOptions PowOptions(int? self) => new()
    {
        Chain = Chain,
        Self = self is { } index ? new ValidatorIndex(index) : null,
        Validators = Set,
        Tip = FinalOf(null),
        Work = Work,
        CheckpointInterval = 4,
    };

    public PosOptions PosOptions(int? self) => new()
    {
        Chain = Chain,
        Self = self is { } index ? new ValidatorIndex(index) : null,
        Validators = Set,
        Tip = Genesis,
        CheckpointInterval = 4,
    };

    public PbftOptions Options(int? self) => new()
    {
        Chain = Chain,
        Self = self is { } index ? new ValidatorIndex(index) : null,
        Validators = Set,
        Tip = Genesis,
        CheckpointInterval = 4,
    };
}
