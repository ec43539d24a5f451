using EnergyNode.Ledger;

namespace EnergyNode.Node.Demo;

/// <summary>What <c>energynode demo</c> is asked to do.</summary>
public sealed record DemoOptions
{
    /// <summary>1, or 4 to 7.</summary>
    public int Validators { get; init; } = 4;

    /// <summary>How the validators agree; under PoS all have the same stake.</summary>
    public ConsensusProtocol Consensus { get; init; } = ConsensusProtocol.Pbft;

    /// <summary>The readings; null takes the file that comes with the program.</summary>
    public string? MetersFile { get; init; }

    /// <summary>The utility's prices by the hour; null takes the file that comes with the program.</summary>
    public string? TariffFile { get; init; }

    /// <summary>The meters and connections; null takes the program's, or derives one from other readings.</summary>
    public string? MeterListFile { get; init; }

    /// <summary>Only so many days of the readings; null for all.</summary>
    public int? Days { get; init; }

    /// <summary>Homes in all, the recorded ones and neighbours drawn from them; null for the recorded ones.</summary>
    public int? Homes { get; init; }

    /// <summary>By which neighbours are drawn; null takes a fixed one.</summary>
    public long? Seed { get; init; }

    /// <summary>The validator to kill half-way, from 1; null for none.</summary>
    public int? Kill { get; init; }

    /// <summary>Stay up at the end until cancelled.</summary>
    public bool Keep { get; init; }

    /// <summary>Kept afterwards; must be empty or not exist. Null takes a temporary one, which is deleted.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Print one JSON object instead of tables.</summary>
    public bool Json { get; init; }
}
