using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>Final blocks of others: what to follow, and what contradicts what is final here.</summary>
public sealed partial class PowMachine
{
    /// <summary>Its parent has a height that is final here, and is another block.</summary>
    private bool IsForeign(BlockHeader header) =>
        _finals.Find(new Height(header.Height.Value - 1)) is { } own && own.Hash != header.Parent;

    private void OnCaught(Verified<Decision> decision)
    {
        Block block = decision.Value.Block;
        if (decision.Value.Certificate is not WorkCertificate)
        {
            return;
        }

        if (block.Height == Height && block.Header.Parent == _tree.Root.Hash)
        {
            _probe = null;
            _caught = decision;
            if (_pending is null)
            {
                AcceptCaught();
            }
        }
        else if (_probe is { } probe)
        {
            probe.Take(decision.Value);
            Weigh(probe, decision.Value);
        }
        else if (block.Height == Height && _source is { } source)
        {
            StartProbe(source);
        }
    }

    /// <summary>A final block of a peer is taken over, unless the own branch at its height has as much work.</summary>
    private void AcceptCaught()
    {
        // W13
        Decision decision = _caught!.Value.Value;
        Block block = decision.Block;
        WorkSeal seal = ((WorkCertificate)decision.Certificate).Seal;
        UInt128 offered = (UInt128)seal.Difficulty.Hashes + ForkProbe.WorkAbove(decision);
        bool isOwn = _tree.Best is not { } best || _tree.PathTo(best)[0].Hash == block.Hash;
        bool isGood = block.Height == Height && block.Header.Parent == _tree.Root.Hash && !IsAtEnd
            && block.Header.Chain == _options.Chain && block.Header.Validators == _set.Hash
            && block.Header.Time > _tree.Root.Time
            && seal.Difficulty == DifficultyRule.After(_options.Work, _tree.Root, block.Header.Time)
            && (isOwn || offered > _tree.HeadWork - _tree.RootWork);
        if (!isGood)
        {
            _caught = null;
            return;
        }

        Emit(new ConsensusEffect.RequestPayload(block, _source ?? new ValidatorIndex(0)));
        EnsureResend();
    }

    private void FinalizeCaught()
    {
        Decision decision = _caught!.Value.Value;
        bool follows = decision.Block.Height == Height && decision.Block.Header.Parent == _tree.Root.Hash;
        if (_pending is not null && follows)
        {
            return;
        }

        _caught = null;
        if (follows && !IsAtEnd)
        {
            TreeBlock? former = _tree.Best;
            Finalize(decision);
            if (_tree.Best != former)
            {
                // What was mined upon is gone.
                _offer = null;
                AskForWork();
            }

            Renew();
        }
    }

    private void StartProbe(ValidatorIndex peer)
    {
        if (_probe is not null || peer == _self)
        {
            return;
        }

        // W14
        _probe = new ForkProbe(_options.Work, _finals, peer, _tree.Root.Height);
        AskToCompare(_probe);
        EnsureResend();
    }

    private void AskToCompare(ForkProbe probe) =>
        Emit(new ConsensusEffect.CatchUp(probe.Peer, probe.From) { IsComparison = true });

    private void Weigh(ForkProbe probe, Decision last)
    {
        bool isBelow = probe.Ancestor is { } ancestor && ancestor < _tree.Root.Height;
        if (probe.IsOver || (probe.Ancestor is not null && !isBelow))
        {
            _probe = null;
            return;
        }

        if (!isBelow || probe.Work == 0)
        {
            return;
        }

        UInt128 own = _finals.WorkAbove(probe.Ancestor!.Value) + _tree.HeadWork - _tree.RootWork;
        if (probe.Work + ForkProbe.WorkAbove(last) > own)
        {
            // W15
            _isHalted = true;
            Emit(new ConsensusEffect.CancelMining());
            Emit(new ConsensusEffect.DeepFork(probe.Ancestor!.Value, _tree.Root.Height, probe.FirstOther));
        }
    }

    /// <summary>Remembers who was asked for final blocks: they come without a name.</summary>
    private void NoteSource(int firstEffect)
    {
        for (int i = firstEffect; i < _effects.Count; i++)
        {
            _source = _effects[i] is ConsensusEffect.CatchUp request ? request.Peer : _source;
        }
    }
}
