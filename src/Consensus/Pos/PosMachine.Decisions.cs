using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pos;

/// <summary>Final blocks: decided here or fetched, and the batches they need.</summary>
public sealed partial class PosMachine
{
    private void TryFinalize()
    {
        if (_at.Committed is not { } certificate || _decided is not null)
        {
            return;
        }

        if (_at.Blocks.Find(certificate.BlockHash) is not { } block)
        {
            // POS-18
            EnsureResend();
            return;
        }

        if (!_at.Blocks.IsHeld(block.Hash))
        {
            if (_at.Blocks.AskedFrom(block.Hash) is null)
            {
                AskPayload(block, _peers.SignerOf(certificate.Votes));
            }

            EnsureResend();
            return;
        }

        // L51
        _decided = new Decision(block, certificate);
        EndSilence(block.Height);
        Emit(new ConsensusEffect.Finalize(_decided));
        StopTimers();
        if (_at.IsResending)
        {
            _at.IsResending = false;
            Emit(new ConsensusEffect.CancelTimeout(TimeoutKind.Resend));
        }
    }

    private void OnCaught(Verified<Decision> decision)
    {
        // POS-19
        Block block = decision.Value.Block;
        if (block.Height == _at.Height.Next)
        {
            _caughtNext = decision;
            return;
        }

        // L50
        bool isValid = new BlockRules(_options.Chain, _set, _tip).Check(block) == ProposalRefusal.None;
        if (isValid && _decided is null && decision.Value.Certificate is CommitCertificate certificate)
        {
            _at.Committed = certificate;
            _at.Shelve(block);
            TryFinalize();
        }
    }

    private void AskPayload(Block block, ValidatorIndex from)
    {
        _at.Blocks.MarkAsked(block.Hash, from);
        Emit(new ConsensusEffect.RequestPayload(block, from));
    }

    /// <summary>Asks for batches again, each time from the next validator.</summary>
    private void AskMissingPayload()
    {
        // POS-5
        Hash32? wanted = _at.Committed?.BlockHash ?? _at.Accepted?.Message.Block.Hash ?? _at.Valid?.Hash;
        if (wanted is not { } hash || _at.Blocks.IsHeld(hash) || _at.Blocks.Find(hash) is not { } block)
        {
            return;
        }

        AskPayload(block, _peers.NextToAsk(_at.Blocks.AskedFrom(hash), _at.Proposer));
    }
}
