using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Client;

/// <summary>One kind of change that can be proposed, as a command.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Help">What it does.</param>
/// <param name="Arguments">In their order, each with what it is; the optional ones last.</param>
/// <param name="Optional">How many of the last arguments may be left out.</param>
/// <param name="Example">Its arguments in an example.</param>
/// <param name="Read">Makes the action; refuses wrong words.</param>
internal sealed record ProposalAction(
    string Name,
    string Help,
    IReadOnlyList<(string Name, string Help)> Arguments,
    int Optional,
    string Example,
    Func<Words, GovernanceAction> Read);
