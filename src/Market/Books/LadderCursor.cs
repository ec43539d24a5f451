namespace EnergyNode.Market.Books;

/// <summary>A place in a <see cref="PriceLadder"/>, counted from the best level.</summary>
internal readonly record struct LadderCursor(int ChunksDone, int LevelsDone);
