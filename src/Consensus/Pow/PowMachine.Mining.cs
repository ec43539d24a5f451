using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>What to mine, and when: only while something waits to become final.</summary>
public sealed partial class PowMachine
{
    private const int RenewalsPerStep = 4;

    private Block? _template;
    private Difficulty _templateDifficulty;
    private TimeoutId? _templateTimer;
    private IReadOnlyList<Hash32>? _offer;
    private Height _offerHeight;
    private bool _awaitsOffer;

    /// <summary>An empty block that was asked for has this height: it must become final, too.</summary>
    private Height _goal;

    private void OnWorkOffered(ConsensusInput.WorkOffered offered)
    {
        if (_self is null || IsAtEnd || offered.Height != _tree.Head.Height.Next)
        {
            return;
        }

        _awaitsOffer = false;
        bool isNew = _offer is null || !AreEqual(_offer, offered.Batches);
        _offer = offered.Batches;
        _offerHeight = offered.Height;
        if (isNew)
        {
            Renew();
        }
    }

    private void OnWorkFound(ConsensusInput.WorkFound found)
    {
        if (_template is not { } block || block.Hash != found.BlockHash
            || !ProofOfWork.IsDone(block.Hash, _templateDifficulty, found.Nonce))
        {
            return;
        }

        // W8
        ConsensusMessage.Mined mined = new(block.Height, block, _templateDifficulty, found.Nonce);
        _template = null;
        _templateTimer = null;
        NoteOwn(block);
        if (_written.TryAdd(block.Hash, block.Height))
        {
            Emit(new ConsensusEffect.Persist(new PowRecord.Own(mined).ToRecord(block.Height)));
        }

        Emit(new ConsensusEffect.Broadcast(mined));
    }

    private void OnTemplateIsOld()
    {
        if (!_awaitsOffer)
        {
            AskForWork();
        }

        Renew();
    }

    private void AskForWork()
    {
        if (_self is null || IsAtEnd)
        {
            return;
        }

        // W7
        _awaitsOffer = true;
        Emit(new ConsensusEffect.RequestProposal(_tree.Head.Height.Next) { Taken = [.. Taken()] });
    }

    /// <summary>Makes the block to be mined anew, or stops mining when nothing needs a block.</summary>
    private void Renew()
    {
        if (!WantsBlock())
        {
            if (_template is not null)
            {
                _template = null;
                _templateTimer = null;
                Emit(new ConsensusEffect.CancelMining());
                Emit(new ConsensusEffect.CancelTimeout(TimeoutKind.Template));
            }

            return;
        }

        // W7
        FinalBlock below = _tree.Head;
        Instant time = _now > below.Time ? _now : below.Time.Plus(new Duration(1));
        BlockHeader header = new(
            _options.Chain, below.Height.Next, below.Hash, time, _selfKey!.Value, Hash32.Zero, 0, _set.Hash);
        _template = Block.Create(header, Batches());
        _templateDifficulty = DifficultyRule.After(_options.Work, below, time);
        Emit(new ConsensusEffect.Mine(_template.Hash, _templateDifficulty));
        Duration step = DifficultyRule.Step(_options.Work);
        _templateTimer = SetTimeout(TimeoutKind.Template, new Duration(step.Micros / RenewalsPerStep));
        EnsureResend();
    }

    private bool WantsBlock()
    {
        if (_self is null || IsAtEnd)
        {
            return false;
        }

        // W17
        bool maySpeak = _lastHeight is not { } last || _tree.Head.Height < last;
        return (_offer is not null && maySpeak) || Goal() > _tree.Root.Height;
    }

    /// <summary>The highest block of the heaviest chain that somebody waits for.</summary>
    private Height Goal()
    {
        Height goal = _lastHeight is { } last && _tree.Head.Height >= last ? last : _goal;
        foreach (TreeBlock block in Path())
        {
            bool counts = _lastHeight is not { } end || block.Height <= end;
            goal = counts && block.Block.Batches.Count > 0 && block.Height > goal ? block.Height : goal;
        }

        return goal;
    }

    private List<TreeBlock> Path() => _tree.Best is { } best ? _tree.PathTo(best) : [];

    /// <summary>Batches of blocks that are not executed: offering them again would put them into two blocks.</summary>
    private HashSet<Hash32> Taken()
    {
        HashSet<Hash32> taken = _pending is null ? [] : [.. _pending.Block.Batches];
        foreach (TreeBlock block in Path())
        {
            taken.UnionWith(block.Block.Batches);
        }

        return taken;
    }

    private List<Hash32> Batches()
    {
        List<Hash32> batches = [];
        if (_offer is not { } offer || (_lastHeight is { } last && _tree.Head.Height >= last))
        {
            return batches;
        }

        HashSet<Hash32> taken = Taken();
        foreach (Hash32 batch in offer)
        {
            if (!taken.Contains(batch))
            {
                batches.Add(batch);
            }
        }

        return batches;
    }

    private static bool AreEqual(IReadOnlyList<Hash32> left, IReadOnlyList<Hash32> right)
    {
        bool equal = left.Count == right.Count;
        for (int i = 0; equal && i < left.Count; i++)
        {
            equal = left[i] == right[i];
        }

        return equal;
    }

    private void WriteMining(BorshWriter writer)
    {
        writer.Hash32(_template?.Hash ?? Hash32.Zero);
        writer.I64(_templateDifficulty.Hashes);
        WriteTimer(writer, _templateTimer);
        writer.Option(_offer is not null);
        writer.Count(_offer?.Count ?? 0);
        foreach (Hash32 batch in _offer ?? [])
        {
            writer.Hash32(batch);
        }

        writer.I64(_offerHeight.Value);
        writer.Bool(_awaitsOffer);
        writer.I64(_goal.Value);
    }

    private static void WriteTimer(BorshWriter writer, TimeoutId? timer) => writer.I64(timer?.Height.Value ?? -1);
}
