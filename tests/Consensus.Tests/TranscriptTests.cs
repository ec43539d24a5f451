using System;
using System.IO;
using EnergyNode.Consensus.Tests.Support;
using Xunit;

namespace EnergyNode.Consensus.Tests;

/// <summary>Golden transcripts: commands after <c>&gt;</c>, effects below; UPDATE_GOLDEN=1 writes these.</summary>
public sealed class TranscriptTests
{
    [Theory]
    [InlineData("normal-height-backup")]
    [InlineData("normal-height-leader")]
    [InlineData("single-validator")]
    [InlineData("dead-leader")]
    [InlineData("dead-leader-new-leader")]
    [InlineData("prepared-block-survives")]
    [InlineData("highest-claim-wins")]
    [InlineData("restart-after-prepare")]
    [InlineData("restart-after-commit")]
    [InlineData("restart-after-view-change")]
    [InlineData("restarted-leader")]
    [InlineData("lagging-node")]
    [InlineData("messages-of-the-next-height")]
    [InlineData("checkpoints")]
    [InlineData("diverged")]
    [InlineData("observer")]
    [InlineData("equivocating-leader")]
    [InlineData("heights-in-flight")]
    [InlineData("leader-fills-the-window")]
    [InlineData("new-view-over-heights")]
    [InlineData("lost-storage")]
    [InlineData("lost-storage-in-a-hurry")]
    [InlineData("lost-storage-is-answered")]
    [InlineData("new-chain")]
    [InlineData("new-chain-begun")]
    [InlineData("former-leader-asks-again")]
    [InlineData("passed-over")]
    [InlineData("new-view-of-another")]
    public void The_machine_does_what_the_transcript_says(string name)
    {
        string path = Repository.PathOf("tests", "Consensus.Tests", "Golden", name + ".txt");
        string expected = File.ReadAllText(path);
        string actual = Transcript.Run(expected);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.Equal(expected, actual);
    }
}
