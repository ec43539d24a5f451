using System;

namespace EnergyNode.Ledger;

/// <summary>
/// Evidence on the ledger: checked by all, recorded and punished once for each offence (docs/spec/evidence.md).
/// </summary>
/// <param name="height">Of the block being executed.</param>
/// <param name="time">Its time.</param>
public sealed class EvidenceRules(
    LedgerState state, ValidatorRules validators, IEvidenceVerifier verifier, Height height, Instant time)
{
    /// <summary>Whether a key without an account may sign the batch.</summary>
    public bool MayBring(PublicKey signer, SignedBatch batch) =>
        state.Staking.InForce.IndexOf(signer) is not null && IsEvidenceOnly(batch);

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

    /// <summary>Checks evidence, records the offence and punishes it.</summary>
    /// <param name="proved">The offence, when nothing is refused.</param>
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

        // E17
        ValidatorSet? set = offence.Height <= height ? state.Staking.SetOf(offence.Height) : null;
        if (set is null || height.Value - offence.Height.Value > Limits.MaxEvidenceAgeHeights)
        {
            return LedgerError.EvidenceOutOfTime;
        }

        if (!verifier.Proves(evidence, set))
        {
            return LedgerError.EvidenceInvalid;
        }

        state.Offences.Set(offence, new CommittedOffence(verifier.IdOf(evidence), height));
        validators.Punish(offence.Culprit, offence.Kind, offence.Height, time);
        proved = offence;
        return LedgerError.None;
    }
}
