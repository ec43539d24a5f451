using System;

namespace EnergyNode.Ledger;

/// <summary>Evidence on the ledger: checked by all, recorded once for each offence (docs/spec/evidence.md).</summary>
/// <param name="validators">The set that decides the block being executed.</param>
/// <param name="height">Of that block.</param>
public sealed class EvidenceRules(
    LedgerState state, ValidatorSet validators, IEvidenceVerifier verifier, Height height)
{
    /// <summary>Before a block's commands: a new set judges from its first height on only.</summary>
    public void BeginBlock()
    {
        // E17
        if (state.SetTenure.Set != validators.Hash)
        {
            state.SetTenure = new SetTenure(validators.Hash, height);
        }
    }

    /// <summary>Whether a key without an account may sign the batch.</summary>
    public bool MayBring(PublicKey signer, SignedBatch batch) =>
        validators.IndexOf(signer) is not null && IsEvidenceOnly(batch);

    public static bool IsEvidenceOnly(SignedBatch batch)
    {
        // E16
        foreach (Command command in batch.Commands)
        {
            if (command is not Command.SubmitEvidence)
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="proved">The offence to be punished, when nothing is refused.</param>
    public LedgerError Submit(Command.SubmitEvidence command, out Offence proved)
    {
        // E18
        ReadOnlySpan<byte> evidence = command.Evidence.Span;
        proved = default;
        if (verifier.Read(evidence) is not { } offence)
        {
            return LedgerError.EvidenceInvalid;
        }

        if (state.Offences.Contains(offence))
        {
            return LedgerError.EvidenceAlreadyCommitted;
        }

        if (offence.Height > height || offence.Height < state.SetTenure.Since
            || height.Value - offence.Height.Value > Limits.MaxEvidenceAgeHeights)
        {
            return LedgerError.EvidenceOutOfTime;
        }

        if (!verifier.Proves(evidence, validators))
        {
            return LedgerError.EvidenceInvalid;
        }

        state.Offences.Set(offence, new CommittedOffence(verifier.IdOf(evidence), height));
        proved = offence;
        return LedgerError.None;
    }
}
