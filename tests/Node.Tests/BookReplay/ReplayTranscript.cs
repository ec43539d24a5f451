using System;
using System.IO;
using System.Linq;
using System.Text;
using EnergyNode.Node.BookReplay;
using Xunit;

namespace EnergyNode.Node.Tests.BookReplay;

/// <summary>
/// Plays a transcript: a line with <c>&gt;</c> is a line of the input, the one below it the answer. Playing renders the
/// whole again, which must be equal. Each event stands on a line of its own here.
/// </summary>
internal static class ReplayTranscript
{
    public static void AssertPlays(string transcript)
    {
        string[] requests =
            [.. transcript.Split('\n').Where(line => line.StartsWith('>')).Select(line => line.TrimStart('>', ' '))];
        string[] answers = Play(string.Join('\n', requests));
        Assert.Equal(requests.Length, answers.Length);
        Assert.Equal(transcript, string.Join('\n', requests.Zip(answers, Render)));
    }

    public static string[] Play(string input) => Play(new BookReplayer(), Encoding.UTF8.GetBytes(input));

    /// <summary>May be called again with the same replayer: its book goes on.</summary>
    public static string[] Play(BookReplayer replayer, byte[] input)
    {
        using MemoryStream source = new(input);
        using MemoryStream sink = new();
        replayer.Run(source, sink);
        string text = Encoding.UTF8.GetString(sink.GetBuffer(), 0, (int)sink.Length);
        return text.Length == 0 ? [] : text[..^1].Split('\n');
    }

    private static string Render(string request, string answer) =>
        $"> {request}".TrimEnd() + '\n' + answer.Replace("{\"ev\"", "\n  {\"ev\"", StringComparison.Ordinal);
}
