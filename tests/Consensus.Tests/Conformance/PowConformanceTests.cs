using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Conformance;

public sealed class PowConformanceTests() : ConsensusConformance(ConsensusProtocol.Pow);
