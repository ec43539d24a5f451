using System;
using System.IO;
using System.Linq;
using EnergyNode.Consensus.Tests.Support;
using Xunit;

namespace EnergyNode.Consensus.Tests.Pos;

/// <summary>Golden transcripts: commands after <c>&gt;</c>, effects below; UPDATE_GOLDEN=1 writes these.</summary>
public sealed class PosTranscriptTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Consensus.Tests", "Pos", "Golden");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_machine_does_what_the_transcript_says(string name)
    {
        string path = Path.Combine(Folder, name + ".txt");
        string expected = File.ReadAllText(path);
        string actual = Transcript.Run(expected);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void There_are_transcripts() => Assert.InRange(Names.Count<object[]>(), 15, 100);
}
