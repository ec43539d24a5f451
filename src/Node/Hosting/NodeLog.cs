using System;
using System.Globalization;
using System.IO;
using EnergyNode.Node.Configuration;

namespace EnergyNode.Node.Hosting;

/// <summary>Plain lines with time (UTC) and level, for people and for log collectors.</summary>
internal sealed class NodeLog(TextWriter output, NodeLogLevel level, TimeProvider clock)
{
    private readonly object _gate = new();

    public void Debug(string message) => Write(NodeLogLevel.Debug, "DEBUG", message);

    public void Info(string message) => Write(NodeLogLevel.Info, "INFO", message);

    public void Warning(string message) => Write(NodeLogLevel.Warning, "WARNING", message);

    public void Error(string message) => Write(NodeLogLevel.Error, "ERROR", message);

    private void Write(NodeLogLevel severity, string word, string message)
    {
        if (severity < level)
        {
            return;
        }

        string time = clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            try
            {
                output.WriteLine($"{time} {word} {message.ReplaceLineEndings(" ")}");
                output.Flush();
            }
            catch (IOException)
            {
                // Whoever read the log is gone; the node goes on without it.
            }
        }
    }
}
