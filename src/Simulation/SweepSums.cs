using System;
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
    private long _detectedForks;
    private long _forkedRuns;
    private int? _commitRounds;

    public long Runs { get; private set; }

    /// <summary>Runs in which finality was broken and a node said so.</summary>
    public long ForkedRuns => _forkedRuns;

    public long Heights => _height;

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
        _commitRounds = report.Evidence.MaxCommitRounds is { } rounds
            ? Math.Max(rounds, _commitRounds ?? 0)
            : _commitRounds;
        _lateBlocks += report.LateBlocks;
        _lateCommands += report.LateCommands;
        _frames += report.Frames;
        _detectedForks += report.DetectedForks;
        _forkedRuns += report.DetectedForks > 0 ? 1 : 0;
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
        ReportJson.WriteMax(json, "commitRounds", _commitRounds);
        json.WriteNumber("detectedForks", _detectedForks);
        json.WriteNumber("forkedRuns", _forkedRuns);
        json.WriteNumber("forksPerHeight", _height == 0 ? 0 : Math.Round((decimal)_forkedRuns / _height, 6));
        json.WriteStartObject("secondHalf");
        json.WriteNumber("blocks", _lateBlocks);
        json.WriteNumber("commands", _lateCommands);
        json.WriteEndObject();
        json.WriteNumber("frames", _frames);
        json.WriteNumber("virtualSeconds", VirtualSeconds);
    }
}
