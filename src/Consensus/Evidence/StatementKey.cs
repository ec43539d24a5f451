using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>Which statement is meant: a sender has at most one honest statement for each key.</summary>
internal readonly record struct StatementKey(Height Height, byte Tag, View View, ValidatorIndex Sender);
