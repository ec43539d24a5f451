using System;
using System.Collections.Generic;
using System.Linq;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;
using Xunit;

namespace EnergyNode.Actors.Tests.Node;

/// <summary>A chain with four validators, of which the first three sign every decision.</summary>
internal static class Village
{
    public static readonly ChainId Chain = ChainId.Parse("village");
    public static readonly Instant Start = Instant.FromSeconds(1_800_000_000);
    public static readonly string[] Names = ["v1", "v2", "v3", "v4"];
    public static readonly ValidatorSet Validators =
        new(Names.Select(name => new Validator(Label.Parse(name), Key(name), 1)));

    public static readonly KeyedSigner Verifier = new("any");

    public static PublicKey Key(string name) => new KeyedSigner(name).PublicKey;

    public static GenesisBlock Genesis() => new(
        Chain,
        ConsensusProtocol.Pbft,
        Start,
        Validators,
        new MarketParameters(
            MarketClock.Oracle,
            Start,
            Duration.FromSeconds(900),
            default,
            default,
            default,
            default,
            AccountId.Parse("gateway"),
            AccountId.Parse("gateway")),
        [BookId.Parse("home-spot")],
        [new GenesisAccount(
            AccountId.Parse("gateway"), UserKind.Operator, Role.OracleOperator, Key("gateway"), Money.Zero)],
        [],
        []);

    /// <param name="size">About so many bytes; 0 for a small one.</param>
    public static Verified<SignedBatch> Batch(
        string signer, long nonce, BatchFlags flags = BatchFlags.None, Instant? until = null, int size = 0)
    {
        string name = new('a', 32);
        Command command = size == 0
            ? new Command.CloseEpoch(default)
            : new Command.Transfer(AccountId.Parse(name), AccountId.Parse(name), default);
        Command[] commands = [.. Enumerable.Repeat(command, 1 + (size / 81))];
        SignedBatch batch = SignedBatch.Sign(
            Chain, nonce, until ?? Start.Plus(Duration.FromSeconds(600)), flags, commands, new KeyedSigner(signer));
        return Verify(batch.Bytes);
    }

    public static Verified<SignedBatch> Verify(ReadOnlyMemory<byte> bytes)
    {
        Assert.Equal(
            BatchRefusal.None, new BatchVerifier(Chain, Verifier).Verify(bytes, out Verified<SignedBatch> batch));
        return batch;
    }

    public static Block Block(long height, Hash32 parent, params Verified<SignedBatch>[] batches) =>
        Ledger.Block.Create(
        new BlockHeader(
            Chain,
            new Height(height),
            parent,
            Start.Plus(Duration.FromSeconds(height)),
            Key("v1"),
            default,
            0,
            Validators.Hash),
        batches.Select(batch => batch.Value.Hash));

    public static DecidedBlock Decide(Block block, params Verified<SignedBatch>[] batches)
    {
        ConsensusMessage commit = new ConsensusMessage.Commit(block.Height, new View(0), block.Hash);
        CommitCertificate certificate = new(
            block.Height,
            new View(0),
            block.Hash,
            [.. Names.Take(3).Select((name, index) => new VoteSignature(
                new ValidatorIndex(index),
                new MessageSigner(Chain, new KeyedSigner(name)).Sign(
                    commit, new ValidatorIndex(index)).Value.Signature))]);
        MessageRefusal refusal = new MessageVerifier(Chain, Verifier, ConsensusProtocol.Pbft).Verify(
            new Decision(block, certificate), Validators, out Verified<Decision> decision);
        Assert.Equal(MessageRefusal.None, refusal);
        return new DecidedBlock(decision, batches);
    }

    /// <summary>A chain of empty blocks.</summary>
    public static List<DecidedBlock> ChainOf(int length)
    {
        List<DecidedBlock> chain = [];
        Hash32 parent = Genesis().ComputeHash();
        for (int height = 1; height <= length; height++)
        {
            chain.Add(Decide(Block(height, parent)));
            parent = chain[^1].Block.Hash;
        }

        return chain;
    }

    public static ChainHead Head(long height, Hash32 block = default) => new(
        new Height(height),
        block,
        Start.Plus(Duration.FromSeconds(height)),
        null,
        SetForecast.Of(Validators),
        default,
        default);

    /// <summary>What the ledger tells of an executed block, each batch with a status.</summary>
    public static LedgerMessage.Applied Applied(
        DecidedBlock block,
        IReadOnlyList<KeyValuePair<PublicKey, NonceWindow>>? signers = null,
        BatchStatus status = BatchStatus.Executed,
        bool replayed = false) => new(
            block,
            new BlockOutcome(block.Block.Height, default, default, [.. block.Batches.Select(batch => new BatchOutcome(
                batch.Value, status, status == BatchStatus.Executed ? new BatchReceipts(batch.Value.Hash, [])
                    : null))]),
            Head(block.Block.Height.Value, block.Block.Hash),
            signers ?? [],
            null,
            replayed);

    public static FaultEvidence DoubleVote(Height height, string culprit = "v2") =>
        FaultEvidence.Of(Key(culprit), Prepare(height, "one", culprit), Prepare(height, "other", culprit))!;

    public static JournalRecord Record(DecidedBlock block) => new(
        PersistenceIds.Blocks,
        block.Block.Height.Value,
        default,
        DecidedBlock.Manifest,
        block.ToArray(new BorshWriter()),
        "");

    private static SignedStatement Prepare(Height height, string block, string signer)
    {
        ConsensusMessage vote = new ConsensusMessage.Prepare(
            height, View.Zero, Hash32.Of(System.Text.Encoding.ASCII.GetBytes(block)));
        MessageSigner author = new(Chain, new KeyedSigner(signer));
        SignedMessage signed = author.Sign(vote, new ValidatorIndex(1)).Value;
        return new SignedStatement(signed.Bytes, signed.Signature);
    }
}
