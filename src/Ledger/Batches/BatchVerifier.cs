using System;

namespace EnergyNode.Ledger;

/// <summary>
/// Turns bytes into a verified batch: form, chain, its signature, and the signature of each reading and correction in
/// it.
/// </summary>
public sealed class BatchVerifier(ChainId chain, ISignatureVerifier verifier)
{
    private readonly BorshWriter _scratch = new();

    /// <param name="bytes">Kept by the batch; the caller must not change them afterwards.</param>
    /// <returns><see cref="BatchRefusal.None"/> exactly when <paramref name="batch"/> is set.</returns>
    public BatchRefusal Verify(ReadOnlyMemory<byte> bytes, out Verified<SignedBatch> batch)
    {
        batch = default;
        SignedBatch? decoded = SignedBatch.Decode(bytes, out _);
        if (decoded is null)
        {
            return BatchRefusal.Malformed;
        }

        if (decoded.Chain != chain)
        {
            return BatchRefusal.WrongChain;
        }

        if (!decoded.HasGoodSignature(verifier))
        {
            return BatchRefusal.BadSignature;
        }

        foreach (Command command in decoded.Commands)
        {
            bool signed = command switch
            {
                Command.SubmitReading c => c.Reading.HasGoodSignature(chain, verifier, _scratch),
                Command.CorrectReading c => c.Correction.HasGoodSignature(chain, verifier, _scratch),
                _ => true,
            };
            if (!signed)
            {
                return BatchRefusal.BadReadingSignature;
            }
        }

        batch = new Verified<SignedBatch>(decoded);
        return BatchRefusal.None;
    }
}
