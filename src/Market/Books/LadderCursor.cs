namespace EnergyNode.Market.Books;

/// <summary>
/// A place in a <see cref="PriceLadder"/>, counted from the best level: how much of the window and of the far levels is
/// done.
/// </summary>
internal readonly record struct LadderCursor(int WindowDone, FarCursor Far);
