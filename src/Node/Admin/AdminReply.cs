using System.Collections.Generic;

namespace EnergyNode.Node.Admin;

/// <summary>What goes back for one line: a table, and for <c>help</c> the commands themselves.</summary>
/// <param name="Table">The answer or refusal.</param>
/// <param name="Commands">Set for <c>help</c> only.</param>
/// <param name="Closes">The connection ends after this reply.</param>
internal sealed record AdminReply(
    AdminTable Table,
    IReadOnlyCollection<AdminCommand>? Commands = null,
    bool Closes = false);
