namespace EnergyNode.Pbm;

/// <summary>One column of an answer.</summary>
internal sealed record AnswerColumn(string Name, CellKind Kind, bool Wide);
