namespace EnergyNode.Ledger;

/// <summary>The market's rules, one leaf of the state.</summary>
/// <param name="FirstEpoch">Start of epoch 0.</param>
/// <param name="EpochLength">How long each epoch is; readings and grace refer to it.</param>
/// <param name="Grace">
/// How long after its end an epoch waits for readings under the block clock; below one epoch.
/// </param>
/// <param name="GridFee">Paid by the buyer on each trade, to <paramref name="GridOperator"/>.</param>
/// <param name="Retail">The utility's price for import that nothing local covers.</param>
/// <param name="FeedIn">The utility's price for tokens that nobody bought.</param>
public readonly record struct MarketParameters(
    MarketClock Clock,
    Instant FirstEpoch,
    Duration EpochLength,
    Duration Grace,
    Price GridFee,
    Price Retail,
    Price FeedIn,
    AccountId Utility,
    AccountId GridOperator)
{
    public Instant StartOf(EpochIndex epoch) => new(FirstEpoch.Micros + (epoch.Value * EpochLength.Micros));

    public Instant EndOf(EpochIndex epoch) => StartOf(epoch.Next);

    /// <summary>The block time from which the epoch is closed under the block clock.</summary>
    public Instant CloseDue(EpochIndex epoch) => EndOf(epoch).Plus(Grace);

    internal void Encode(BorshWriter writer)
    {
        writer.U8((byte)Clock);
        writer.I64(FirstEpoch.Micros);
        writer.I64(EpochLength.Micros);
        writer.I64(Grace.Micros);
        writer.I64(GridFee.MicroPerKwh);
        writer.I64(Retail.MicroPerKwh);
        writer.I64(FeedIn.MicroPerKwh);
        writer.AccountId(Utility);
        writer.AccountId(GridOperator);
    }
}
