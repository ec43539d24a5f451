using System.IO;
using System.Threading.Tasks;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using Xunit;

namespace EnergyNode.Node.Tests.Hosting;

public sealed class VerifyCommandTests
{
    private const int Stride = 61;
    private const int ShortestBlock = 400;

    [Fact]
    public async Task A_chain_of_stakeholders_is_checked_by_their_rules()
    {
        await using TestNetwork network = new(1, ConsensusProtocol.Pos);
        await network.StartAsync(0);
        await network.ExecuteAsync(0, new Command.Deposit(AccountId.Parse("operator"), new Money(1)));
        await network.StopAsync(0);

        Assert.Equal(0, Verify(network.DataOf(0), 1, out string sound));
        Assert.Contains("all good", sound);
    }

    [Fact]
    public async Task A_sound_directory_passes_a_cut_tail_is_found_and_so_is_every_flipped_bit()
    {
        await using TestNetwork network = new(1);
        await network.StartAsync(0);
        for (int amount = 1; amount <= 3; amount++)
        {
            await network.ExecuteAsync(
                0, new Command.Deposit(AccountId.Parse("operator"), new Money(amount)));
        }

        await network.StopAsync(0);
        string data = network.DataOf(0);
        Assert.Equal(0, Verify(data, 3, out string sound));
        Assert.Contains("all good", sound);
        Assert.Contains("height 3", sound);
        Assert.Equal(1, Verify(data, 4, out string cut));
        Assert.Contains("the tail is cut", cut);

        string journal = Path.Combine(data, "journal.db");
        byte[] good = File.ReadAllBytes(journal);
        int flips = 0;
        byte[] manifest = [.. "decided-block/1"u8];
        for (int at = good.AsSpanIndexOf(manifest); at >= 0; at = good.AsSpanIndexOf(manifest, at + 1))
        {
            for (int offset = 0; offset < ShortestBlock; offset += Stride)
            {
                byte[] bad = (byte[])good.Clone();
                bad[at + offset] ^= (byte)(1 << (offset % 8));
                File.WriteAllBytes(journal, bad);
                flips++;
                Assert.True(IsFound(data), $"a flipped bit at {at + offset} was not found");
            }
        }

        Assert.Equal(3 * ((ShortestBlock + Stride - 1) / Stride), flips);
        File.WriteAllBytes(journal, good);
        Assert.Equal(0, Verify(data, 3, out _));
    }

    [Fact]
    public void A_directory_without_a_journal_is_wrong_usage()
    {
        using Crypto.TemporaryDirectory directory = new();
        CommandFailedException failure =
            Assert.Throws<CommandFailedException>(() => Verify(directory.Path, null, out _));
        Assert.Equal(2, failure.ExitCode);
        Assert.Contains("there is no journal.db", failure.Message);
    }

    private static bool IsFound(string data)
    {
        try
        {
            return Verify(data, null, out _) == 1;
        }
        catch (JournalCorruptException)
        {
            return true;
        }
    }

    private static int Verify(string data, long? height, out string text)
    {
        using StringWriter output = new();
        int exit = new VerifyCommand(output).Run(data, null, height, json: false);
        text = output.ToString();
        return exit;
    }
}
