namespace EnergyNode.Node.Readings;

/// <summary>One rule broken.</summary>
/// <param name="Line">The line in the file, from 1; 0 when there is none.</param>
/// <param name="Rule">Which.</param>
/// <param name="Text">This case with its numbers, for people.</param>
internal sealed record ReadingProblem(int Line, ReadingRule Rule, string Text);
