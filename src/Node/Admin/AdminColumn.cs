namespace EnergyNode.Node.Admin;

/// <summary>One column of an answer.</summary>
/// <param name="Name">The key in JSON; camel case.</param>
/// <param name="Kind">What its cells hold.</param>
/// <param name="Wide">Left out of the narrow table; JSON and CSV always have it.</param>
public sealed record AdminColumn(string Name, AdminColumnKind Kind = AdminColumnKind.Text, bool Wide = false);
