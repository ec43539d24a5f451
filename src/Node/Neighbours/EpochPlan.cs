using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Neighbours;

/// <summary>What is sent for one epoch.</summary>
/// <param name="Commands">The tariff when it changed, readings, spot orders, forward orders, the close.</param>
/// <param name="Zones">What the meters read, for each zone.</param>
internal sealed record EpochPlan(Moment Moment, IReadOnlyList<Command> Commands, IReadOnlyList<ZoneQuarter> Zones);
