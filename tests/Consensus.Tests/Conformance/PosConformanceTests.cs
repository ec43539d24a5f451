using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Conformance;

public sealed class PosConformanceTests() : ConsensusConformance(ConsensusProtocol.Pos);
