namespace EnergyNode.Ledger;

/// <content>Orders over several epochs: docs/spec/ledger.md, *Block orders*.</content>
public abstract partial record Command
{
    /// <summary>
    /// Trades the same quantity in each of several delivery epochs in a row at once, or nothing at all. By the account
    /// or its agent.
    /// </summary>
    /// <param name="Zone">The zone that its books name.</param>
    /// <param name="Quality">The quality that its books name.</param>
    /// <param name="First">The first epoch of delivery.</param>
    /// <param name="Epochs">2 … <see cref="Limits.MaxBlockOrderEpochs"/>.</param>
    /// <param name="Limit">On average over all epochs; for a buyer all-in, grid fee included.</param>
    /// <param name="Quantity">In each epoch.</param>
    public sealed record PlaceBlockOrder(
        AccountId Account,
        Label Zone,
        EnergyQuality Quality,
        Side Side,
        EpochIndex First,
        long Epochs,
        Price Limit,
        WattHours Quantity) : Command;
}
