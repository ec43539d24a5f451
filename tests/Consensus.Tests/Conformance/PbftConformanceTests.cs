using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Tests.Conformance;

public sealed class PbftConformanceTests() : ConsensusConformance(ConsensusProtocol.Pbft);
