using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Consensus.Pow;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Network;
using EnergyNode.Simulation.Tests;
using Xunit;
using Xunit.Abstractions;

namespace EnergyNode.Node.Tests.Hosting;

/// <summary>
/// Hostile bytes over real TLS from authenticated keys against a real node. <c>FUZZ_FRAMES</c> / 100 frames,
/// <c>FUZZ_SEED</c> which.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class HostileFrameTests(ITestOutputHelper output)
{
    private const int DefaultFrames = 40_000;
    private const int FramesPerLink = 25;
    private const byte Misbehaved = 13;
    private const long HeapSlack = 16L * 1024 * 1024;
    private const int Attacker = 3;

    private static readonly int Frames = Variable("FUZZ_FRAMES", DefaultFrames) / 100;
    private static readonly int Seed = Variable("FUZZ_SEED", 1);

    private long _deposits;

    [Fact]
    public async Task A_validator_that_brings_forged_votes_is_cut_and_refused_and_whom_it_names_is_not()
    {
        await using TestNetwork network = new(4);
        await network.StartAsync(0, 1, 2);
        await DepositAsync(network);
        using Ed25519Signer key = KeyFile.Load(network.ConfigurationOf(Attacker).Keys.ValidatorKey);
        await using (HostilePeer peer =
            await HostilePeer.JoinAsync(network.Network, 0, key, PeerRole.Validator))
        {
            Assert.Equal(0, peer.Verdict);
            byte[] vote = Votes(network, key, sender: 1, height: 2)[0];
            for (int i = 0; i < 12; i++)
            {
                await peer.WriteAsync(FrameFormat.Whole((byte)FrameKind.Consensus, vote));
            }

            await peer.AwaitCutAsync();
        }

        await using HostilePeer again = await HostilePeer.JoinAsync(network.Network, 0, key, PeerRole.Validator);
        Assert.Equal(Misbehaved, again.Verdict);
        await DepositAsync(network);
        Assert.Equal(
            (await network.AwaitHeightAsync(1, 2)).StateRoot, (await network.AwaitHeightAsync(0, 2)).StateRoot);
    }

    [Theory]
    [InlineData(0u, 1)]
    [InlineData(NetworkLimits.MaxFrameBytes + 1u, 1)]
    [InlineData(uint.MaxValue, 1)]
    [InlineData(2u, 99)]
    [InlineData(2u, 0)]
    public async Task A_length_or_kind_that_no_frame_has_costs_the_link_at_once(uint length, byte kind)
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        using Ed25519Signer key = Stranger();
        await using HostilePeer peer = await HostilePeer.JoinAsync(network.Network, 0, key, PeerRole.Client);
        byte[] header = new byte[NetworkLimits.FrameHeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, length);
        header[4] = kind;
        await peer.WriteAsync(header);
        await peer.AwaitCutAsync();
        await DepositAsync(network);
    }

    [Theory]
    [InlineData(ConsensusProtocol.Pbft)]
    [InlineData(ConsensusProtocol.Pow)]
    public async Task Hostile_frames_of_every_type_over_tls_neither_stop_nor_fill_nor_change_a_node(
        ConsensusProtocol consensus)
    {
        await using TestNetwork network = new(4, consensus);
        await network.StartAsync(0, 1, 2);
        FrameMutator frames = Learn(network);
        await AttackAsync(network, frames, Frames / 4);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        int links = await AttackAsync(network, frames, Frames - (Frames / 4));
        long after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine($"{Frames} frames, {links} links, heap {before / 1024} KiB, then {after / 1024} KiB");
        Assert.True(after < before + HeapSlack, $"the heap grew from {before} to {after} bytes");
        ClientAnswer.Head here = await network.AwaitHeightAsync(0, _deposits);
        if (consensus == ConsensusProtocol.Pow)
        {
            // Blocks are mined until the last deposit is deep enough, so heights say less.
            Assert.True(here.Height.Value >= _deposits);
            return;
        }

        Assert.Equal(new Height(_deposits), here.Height);
        Assert.Equal((await network.AwaitHeightAsync(1, _deposits)).StateRoot, here.StateRoot);
    }

    private async Task<int> AttackAsync(TestNetwork network, FrameMutator frames, int count)
    {
        int links = 0;
        using Ed25519Signer validator = KeyFile.Load(network.ConfigurationOf(Attacker).Keys.ValidatorKey);
        for (int sent = 0; sent < count; links++)
        {
            using Ed25519Signer stranger = Stranger();
            bool asValidator = links % 4 == 0;
            await using HostilePeer peer = await HostilePeer.JoinAsync(
                network.Network,
                0,
                asValidator ? validator : stranger,
                asValidator ? PeerRole.Validator : PeerRole.Client);
            for (int i = 0; i < FramesPerLink && peer.Verdict == 0; i++, sent++)
            {
                (FrameKind kind, byte[] payload) = frames.Next();
                if (!await peer.WriteAsync(FrameFormat.Whole((byte)kind, payload)))
                {
                    break;
                }
            }

            if (peer.Verdict == 0)
            {
                // The last frame promises more than it has, or more than any may have.
                await peer.WriteAsync(new byte[] { 0xff, 0xff, 0xff, 0xff, 1 });
                await peer.AwaitCutAsync();
            }
        }

        await DepositAsync(network);
        return links;
    }

    private static FrameMutator Learn(TestNetwork network)
    {
        using Ed25519Signer key = KeyFile.Load(network.ConfigurationOf(Attacker).Keys.ValidatorKey);
        FrameMutator frames = new(Seed);
        foreach (byte[] vote in Votes(network, key, Attacker, height: 1))
        {
            frames.Learn(FrameKind.Consensus, vote);
        }

        foreach (byte[] message in WorkMessages(network, key))
        {
            frames.Learn(FrameKind.Consensus, message);
        }

        Instant until = new((TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 600) * Instant.MicrosPerSecond);
        Command[] commands = [new Command.CloseEpoch(default)];
        SignedBatch batch = SignedBatch.Sign(
            network.Network.Genesis.Chain, 1, until, BatchFlags.None, commands, key);
        frames.Learn(FrameKind.Submit, batch.Bytes.Span);
        BorshWriter hashes = new();
        hashes.Version(1);
        hashes.Count(1);
        hashes.Hash32(batch.Hash);
        frames.Learn(FrameKind.BatchRequest, hashes.WrittenSpan);
        frames.Learn(FrameKind.BatchAnnounce, hashes.WrittenSpan);
        BorshWriter batches = new();
        batches.Version(1);
        batches.Count(1);
        batches.Bytes(batch.Bytes.Span);
        frames.Learn(FrameKind.Batches, batches.WrittenSpan);
        BorshWriter blocks = new();
        blocks.Version(1);
        blocks.I64(1);
        frames.Learn(FrameKind.BlockRequest, blocks.WrittenSpan);
        blocks.Count(1);
        blocks.Bytes(batch.Bytes.Span);
        frames.Learn(FrameKind.Blocks, blocks.WrittenSpan);
        frames.Learn(FrameKind.Query, new ClientQuery.Head(1).ToArray());
        frames.Learn(FrameKind.Query, new ClientQuery.Entries(2, new byte[] { 1 }, Array.Empty<byte>()).ToArray());
        frames.Learn(FrameKind.Query, new ClientQuery.Receipts(3, batch.Hash).ToArray());
        frames.Learn(FrameKind.Answer, new ClientAnswer.Head(1, new Height(1), batch.Hash).ToArray());
        frames.Learn(FrameKind.Receipts, new ClientReceipt.Admitted(batch.Hash).ToArray());
        frames.Learn(FrameKind.Ping, new byte[8]);
        frames.Learn(FrameKind.Pong, new byte[8]);
        return frames;
    }

    /// <summary>Votes that name a sender and are signed by a key, which may be another one's.</summary>
    private static byte[][] Votes(TestNetwork network, ISigner key, int sender, long height)
    {
        MessageSigner signer = new(network.Network.Genesis.Chain, key);
        Height at = new(height);
        Hash32 block = network.Network.Genesis.ComputeHash();
        ConsensusMessage[] messages =
        [
            new ConsensusMessage.Prepare(at, new View(0), block),
            new ConsensusMessage.Commit(at, new View(0), block),
            new ConsensusMessage.ViewChange(at, new View(1), [], []),
            new ConsensusMessage.Status(at, new View(0), new Height(0)),
            new ConsensusMessage.CheckpointVote(at, block, block, block),
            new ConsensusMessage.Prevote(at, new View(0), block),
            new ConsensusMessage.Precommit(at, new View(0), null),
        ];
        return Array.ConvertAll(
            messages, message => signer.Sign(message, new ValidatorIndex(sender)).Value.ToArray());
    }

    /// <summary>Of proof of work, with a block that was really mined: under that protocol a valid one.</summary>
    private static byte[][] WorkMessages(TestNetwork network, ISigner key)
    {
        GenesisBlock genesis = network.Network.Genesis;
        Hash32 parent = genesis.ComputeHash();
        Height first = new(1);
        Block block = Block.Create(
            new BlockHeader(
                genesis.Chain,
                first,
                parent,
                genesis.Time.Plus(new Duration(1)),
                key.PublicKey,
                default,
                0,
                genesis.Validators.Hash),
            []);
        Difficulty difficulty = genesis.Work?.InitialDifficulty ?? new Difficulty(1);
        ulong nonce = ProofOfWork.Find(block.Hash, ProofOfWork.Target(difficulty), 0, int.MaxValue)!.Value;
        MessageSigner signer = new(genesis.Chain, key);
        ConsensusMessage[] messages =
        [
            new ConsensusMessage.Mined(first, block, difficulty, nonce),
            new ConsensusMessage.Tip(first, parent),
            new ConsensusMessage.Tip(new Height(2), block.Hash),
            new ConsensusMessage.WantBranch(first, block.Hash, Height.Genesis),
        ];
        return Array.ConvertAll(
            messages, message => signer.Sign(message, new ValidatorIndex(Attacker)).Value.ToArray());
    }

    private async Task DepositAsync(TestNetwork network)
    {
        _deposits++;
        ClientReceipt.Final final = await network.ExecuteAsync(
            0, new Command.Deposit(AccountId.Parse("operator"), new Money(_deposits)));

        // One block for each, but under proof of work, where blocks go on until it is deep enough.
        bool isExact = network.Network.Genesis.Consensus != ConsensusProtocol.Pow;
        Assert.InRange(final.Height.Value, _deposits, isExact ? _deposits : long.MaxValue);
    }

    private static Ed25519Signer Stranger() => new(RandomNumberGenerator.GetBytes(32));

    private static int Variable(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
