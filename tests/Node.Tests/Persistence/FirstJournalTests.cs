using System.IO;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Tests.Crypto;
using Xunit;

namespace EnergyNode.Node.Tests.Persistence;

public sealed class FirstJournalTests
{
    [Fact]
    public void A_marked_directory_is_new_until_its_journal_is_lost()
    {
        using JournalFixture fixture = new();
        Directory.CreateDirectory(fixture.DirectoryPath);
        FirstJournal.Mark(fixture.DirectoryPath);

        Assert.True(FirstJournal.Begin(fixture.DirectoryPath));
        fixture.Create().Dispose();
        Assert.True(FirstJournal.Begin(fixture.DirectoryPath));

        string journal = Path.Combine(fixture.DirectoryPath, "journal.db");
        File.Delete(journal);
        Assert.False(FirstJournal.Begin(fixture.DirectoryPath));
        fixture.Create().Dispose();
        Assert.False(FirstJournal.Begin(fixture.DirectoryPath));
    }

    [Fact]
    public void A_start_that_made_no_journal_and_a_directory_without_a_mark_are_not_new()
    {
        using TemporaryDirectory directory = new();
        FirstJournal.Mark(directory.Path);
        Assert.True(FirstJournal.Begin(directory.Path));
        Assert.False(FirstJournal.Begin(directory.Path));

        using TemporaryDirectory bare = new();
        Assert.False(FirstJournal.Begin(bare.Path));
    }
}
