using System;
using System.Collections.Generic;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>Passes everything on to a machine, and shows the simulator what the ledger reports to it.</summary>
internal sealed class ObservedConsensus(IConsensus machine, Action<ConsensusInput.Applied> onApplied) : IConsensus
{
    public ConsensusStatus Status => machine.Status;

    public void Step(ConsensusInput input, Instant now, List<ConsensusEffect> effects)
    {
        if (input is ConsensusInput.Applied applied)
        {
            onApplied(applied);
        }

        machine.Step(input, now, effects);
    }

    public Hash32 Digest() => machine.Digest();
}
