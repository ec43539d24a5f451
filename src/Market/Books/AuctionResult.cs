using EnergyNode.Ledger;

namespace EnergyNode.Market.Books;

/// <summary>The outcome of one clearing.</summary>
/// <param name="Price">The uniform price; null when no bid reached an ask, and in a pay-as-bid auction.</param>
/// <param name="LastAcceptedBid">The limit of the lowest bid that traded, null without trades.</param>
/// <param name="LastAcceptedAsk">The limit of the highest ask that traded, null without trades.</param>
/// <param name="Volume">The energy traded: the most that any uniform price could trade.</param>
/// <param name="Trades">How many trades were emitted.</param>
/// <param name="Expired">How many immediate-or-cancel remainders expired.</param>
public readonly record struct AuctionResult(
    Price? Price, Price? LastAcceptedBid, Price? LastAcceptedAsk, WattHours Volume, int Trades, int Expired);
