using System;
using System.IO;
using System.Threading;

namespace EnergyNode.Node.Demo;

/// <summary>Where the demo writes: results to one writer, progress and errors to the other.</summary>
/// <param name="results">Takes nothing but the summary.</param>
/// <param name="errors">Takes the progress and whatever is worth knowing.</param>
/// <param name="errorsAreTerminal">Whether a person may be looking.</param>
public sealed class DemoTerminal(TextWriter results, TextWriter errors, bool errorsAreTerminal)
{
    private const string ClearLine = "\r\u001b[K";
    private readonly Lock _gate = new();
    private bool _lineShown;

    internal DisplayMode Mode { get; private set; } = DisplayMode.Lines;

    public static DemoTerminal OfConsole() => new(Console.Out, Console.Error, !Console.IsErrorRedirected);

    /// <param name="json">Whether a program reads the results: then only a person at a terminal is shown progress.</param>
    internal void SetMode(bool json) =>
        Mode = errorsAreTerminal ? DisplayMode.Live : json ? DisplayMode.None : DisplayMode.Lines;

    internal void WriteResults(string text)
    {
        results.Write(text);
        results.Flush();
    }

    /// <summary>A failure: shown in any mode.</summary>
    internal void Fail(string line)
    {
        lock (_gate)
        {
            ClearShown();
            errors.WriteLine("energynode: " + line);
            errors.Flush();
        }
    }

    /// <summary>Something worth knowing, on a line of its own; not for programs.</summary>
    internal void Note(string line)
    {
        if (Mode != DisplayMode.None)
        {
            lock (_gate)
            {
                ClearShown();
                errors.WriteLine(line);
                errors.Flush();
            }
        }
    }

    /// <summary>How far it is: over the line before on a terminal, else on a new line.</summary>
    internal void Show(string line)
    {
        lock (_gate)
        {
            if (Mode == DisplayMode.Live)
            {
                int width = Math.Max(20, Console.BufferWidth - 1);
                errors.Write(ClearLine + (line.Length > width ? line[..width] : line));
                _lineShown = true;
            }
            else
            {
                errors.WriteLine(line);
            }

            errors.Flush();
        }
    }

    /// <summary>Takes the line that is written over away.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            ClearShown();
            errors.Flush();
        }
    }

    private void ClearShown()
    {
        if (_lineShown)
        {
            errors.Write(ClearLine);
            _lineShown = false;
        }
    }
}
