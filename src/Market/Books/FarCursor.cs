namespace EnergyNode.Market.Books;

/// <summary>A place in a <see cref="FarLevels"/>, counted from the best level.</summary>
internal readonly record struct FarCursor(int ChunksDone, int LevelsDone);
