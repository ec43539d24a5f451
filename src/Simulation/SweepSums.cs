using System.Text.Json;

namespace EnergyNode.Simulation;

/// <summary>What all runs of a sweep come to.</summary>
internal sealed class SweepSums
{
    private long _height;
    private long _provableFaults;
    private long _evidence;
    private long _falseAccusations;
    private long _lateBlocks;
    private long _lateCommands;
    private long _frames;

    public long Runs { get; private set; }

    public decimal VirtualSeconds { get; private set; }

    /// <summary>Safety outweighs liveness.</summary>
    public int ExitCode { get; private set; } = SimulationExit.Pass;

    public void Add(SimulationReport report)
    {
        Runs++;
        VirtualSeconds += ReportJson.Seconds(report.VirtualTime);
        _height += report.Height.Value;
        _provableFaults += report.Evidence.ProvableFaults;
        _evidence += report.Evidence.Committed;
        _falseAccusations += report.Evidence.FalseAccusations;
        _lateBlocks += report.LateBlocks;
        _lateCommands += report.LateCommands;
        _frames += report.Frames;
        if (report.ExitCode != SimulationExit.Pass && ExitCode != SimulationExit.Safety)
        {
            ExitCode = report.ExitCode;
        }
    }

    public void WriteFields(Utf8JsonWriter json)
    {
        json.WriteNumber("heights", _height);
        json.WriteNumber("provableFaults", _provableFaults);
        json.WriteNumber("evidence", _evidence);
        json.WriteNumber("falseAccusations", _falseAccusations);
        json.WriteStartObject("secondHalf");
        json.WriteNumber("blocks", _lateBlocks);
        json.WriteNumber("commands", _lateCommands);
        json.WriteEndObject();
        json.WriteNumber("frames", _frames);
        json.WriteNumber("virtualSeconds", VirtualSeconds);
    }
}
