using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>Blocks come, the heaviest chain is chosen, and what lies deep enough is final.</summary>
public sealed partial class PowMachine
{
    private Decision? _pending;
    private Height? _lastHeight;

    private void OnMined(SignedMessage signed, ConsensusMessage.Mined mined)
    {
        BlockHeader header = mined.Block.Header;
        long above = header.Height.Value - _tree.Root.Height.Value;
        if (above <= 1 && IsForeign(header))
        {
            StartProbe(signed.Sender);
            return;
        }

        bool isKnown = _tree.Find(mined.Block.Hash) is not null
            || _orphans.Contains(signed.Sender, mined.Block.Hash);
        if (above < 1 || above > Limits.MaxBlocksAhead || isKnown)
        {
            return;
        }

        if (_tree.PointAt(header.Parent) is null)
        {
            // W9
            _orphans.Add(signed, mined);
            AskBranch(signed.Sender, header.Height, mined.Block.Hash);
            EnsureResend();
            return;
        }

        Connect(signed, mined);
    }

    /// <summary>Puts a block whose parent is here, and all orphans above it, into the tree.</summary>
    private void Connect(SignedMessage first, ConsensusMessage.Mined firstMined)
    {
        Queue<(SignedMessage Signed, ConsensusMessage.Mined Mined)> next = new([(first, firstMined)]);
        while (next.TryDequeue(out (SignedMessage Signed, ConsensusMessage.Mined Mined) at))
        {
            if (_tree.Find(at.Mined.Block.Hash) is not null || !IsValid(at.Mined))
            {
                continue;
            }

            if (_written.TryAdd(at.Mined.Block.Hash, at.Mined.Height))
            {
                Emit(new ConsensusEffect.Persist(new PowRecord.Other(at.Signed).ToRecord(at.Mined.Height)));
            }

            TreeBlock block = _tree.Add(at.Signed, at.Mined);
            Emit(new ConsensusEffect.RequestPayload(block.Block, at.Signed.Sender));
            EnsureResend();
            foreach (SignedMessage child in _orphans.TakeChildren(block.Hash))
            {
                next.Enqueue((child, (ConsensusMessage.Mined)child.Message));
            }
        }
    }

    private bool IsValid(ConsensusMessage.Mined mined)
    {
        // W5
        BlockHeader header = mined.Block.Header;
        return _tree.PointAt(header.Parent) is { } below
            && header.Height == below.Height.Next
            && header.Chain == _options.Chain
            && header.Validators == _set.Hash
            && header.Time > below.Time
            && header.Time <= _now.Plus(_options.MaxClockDrift)
            && mined.Difficulty == DifficultyRule.After(_options.Work, below, header.Time);
    }

    private void OnPayloadReady(Hash32 hash)
    {
        if (_caught?.Value.Block is { } caught && caught.Hash == hash)
        {
            FinalizeCaught();
        }

        if (_tree.Find(hash) is { IsHeld: false } block)
        {
            TreeBlock? former = _tree.Best;
            if (_tree.MarkHeld(block))
            {
                OnNewHead(former);
            }
        }
    }

    private void OnNewHead(TreeBlock? former)
    {
        // W6
        TreeBlock best = _tree.Best!;
        int undone = 0;
        for (TreeBlock? at = former; at is not null && !best.Reaches(at); at = at.Below)
        {
            undone++;
        }

        Emit(new ConsensusEffect.HeadChanged(best.Height, best.Hash, undone));
        if (_offer is { } offer && best.Height >= _offerHeight)
        {
            _goal = offer.Count == 0 && _offerHeight > _goal ? _offerHeight : _goal;
            _offer = null;
        }

        TryFinalize();
        AskForWork();
        Renew();
    }

    /// <summary>The lowest block of the heaviest chain is final once k others lie above it.</summary>
    private void TryFinalize()
    {
        // W10
        int depth = _options.Work.Depth;
        if (_pending is not null || IsAtEnd || _tree.Best is not { } best
            || best.Height.Value - Height.Value < depth)
        {
            return;
        }

        List<TreeBlock> path = _tree.PathTo(best);
        List<SealedHeader> above = new(depth);
        for (int i = 1; i <= depth; i++)
        {
            above.Add(new SealedHeader(path[i].Block.Header, path[i].Seal));
        }

        Finalize(new Decision(
            path[0].Block, new WorkCertificate(path[0].Height, path[0].Hash, path[0].Seal, above)));
    }

    private void Finalize(Decision decision)
    {
        _pending = decision;
        FinalBlock final = FinalBlock.Of(decision);
        _tree.Advance(final);
        _finals.Add(final);
        _orphans.ForgetUpTo(final.Height);
        ForgetWritten(final.Height);
        EndDoubt(final);
        Emit(new ConsensusEffect.Finalize(decision));
    }

    /// <summary>The last height that this protocol decides is final: nothing is mined any more.</summary>
    private bool IsAtEnd => _lastHeight is { } last && _tree.Root.Height >= last;

    private void ForgetWritten(Height final)
    {
        List<Hash32> past = [];
        foreach ((Hash32 hash, Height height) in _written)
        {
            if (height <= final)
            {
                past.Add(hash);
            }
        }

        past.ForEach(hash => _written.Remove(hash));
    }

    private void WriteChain(BorshWriter writer)
    {
        writer.I64(_tree.Root.Height.Value);
        writer.Hash32(_tree.Root.Hash);
        writer.I64(_tree.Root.Time.Micros);
        writer.I64(_tree.Root.Difficulty?.Hashes ?? 0);
        writer.Count(_tree.Blocks.Count);
        foreach (TreeBlock block in _tree.Blocks)
        {
            block.Signed.Encode(writer);
            writer.Bool(block.IsHeld);
            writer.U16((ushort)block.AskedFrom.Value);
        }

        writer.Hash32(_tree.Head.Hash);
        foreach (SignedMessage orphan in _orphans.All())
        {
            orphan.Encode(writer);
        }

        writer.Option(_pending is not null);
        _pending?.Encode(writer);
        writer.I64(_lastHeight?.Value ?? 0);
        foreach ((Hash32 hash, Height height) in _written)
        {
            writer.Hash32(hash);
            writer.I64(height.Value);
        }
    }
}
