using System;

namespace EnergyNode.Simulation;

/// <summary>What the simulator may think up for a seed, besides liars.</summary>
[Flags]
public enum FaultKinds
{
    None = 0,

    /// <summary>Loss, delay, duplicates, reordering, partitions, deaf links, pauses, wrong clocks.</summary>
    Network = 1,

    /// <summary>Crashes with lost and torn writes, slow and full disks, bit rot, misdirected writes.</summary>
    Disk = 2,

    All = Network | Disk,
}
