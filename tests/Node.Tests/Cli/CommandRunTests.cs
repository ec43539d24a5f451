using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Tests.Crypto;
using EnergyNode.Node.Tests.Hosting;
using Xunit;

namespace EnergyNode.Node.Tests.Cli;

/// <summary>What somebody is told who types something wrong: what, where and what to do.</summary>
public sealed class CommandRunTests
{
    private const string Mistakes =
        """
        nonsense | Unrecognized command or argument 'nonsense'; see 'energynode --help'
        config nonsense | Unrecognized command or argument 'nonsense'; see 'energynode config --help'
        governance propose | Required command was not provided; see 'energynode governance propose --help'
        demo --days x | --days 'x': write a whole number; see 'energynode demo --help'
        sim --seed 1.5 | --seed '1.5': write a whole number; see 'energynode sim --help'
        verify DIR --expect-height x | --expect-height 'x': write a whole number
        init --out DIR --consensus raft | Argument 'raft' not recognized. Must be one of: 'pbft' 'pos' 'pow'
        init --out /proc/x | /proc/x: the network cannot be written
        start --config DIR | DIR:1:1: this is a directory; name the cluster.hocon in it
        config explain energy-node.mempool --config NONE | NONE:1:1: the file does not exist; create it with init
        config diff-default --config JUNK | JUNK:1:1: the file is not UTF-8; save it as UTF-8
        verify JUNK | JUNK: is a file; name a node's data directory
        verify NONE | NONE: there is no such directory; name a node's data directory
        bill --dir DIR --account bob | DIR: there is no journal.db in it or in its folder data
        clearing verify DIR | DIR: cannot be read (Access to the path 'DIR' is denied); name a file of
        clearing verify /dev/zero | /dev/zero: has more than 134,217,728 bytes; name a file of
        evidence verify /dev/zero | /dev/zero: has more than 130,048 bytes; name an evidence file
        evidence verify NONE | NONE: cannot be read (Could not find file 'NONE'); name an evidence file
        governance propose price retail x --keys DIR | value 'x': write a whole number from 0 to 1000000000
        governance list --keys DIR --config NONE | NONE:1:1: the file does not exist
        """;

    [Fact]
    public async Task Every_mistake_is_told_in_one_line_and_exits_with_two()
    {
        using TemporaryDirectory directory = new();
        Directory.CreateDirectory(directory.File("dir"));
        File.WriteAllBytes(directory.File("junk"), [0x9f, 0xff, 0, 1]);
        foreach (string line in Mistakes.Split('\n'))
        {
            string[] cells = [.. line.Split('|').Select(cell => cell.Trim()
                .Replace("DIR", directory.File("dir"), StringComparison.Ordinal)
                .Replace("JUNK", directory.File("junk"), StringComparison.Ordinal)
                .Replace("NONE", directory.File("none"), StringComparison.Ordinal))];
            (int exit, string told) = await RunAsync(cells[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal((line, ExitCodes.Usage), (line, exit));
            Assert.StartsWith("energynode: " + cells[1], told, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', told.TrimEnd());
        }
    }

    [Fact]
    public async Task An_oracle_without_its_files_says_which_to_name()
    {
        await using TestNetwork network = new(1);
        string[] serve =
        [
            "readings", "serve", "--config", network.Network.Validators[0].ConfigurationFile, "--http", "127.0.0.1:0",
        ];
        Assert.Equal(
            (ExitCodes.Usage, $"energynode: {network.File("none")}: there is no such directory; name the one with the "
                + "key files"),
            await RunAsync([.. serve, "--keys", network.File("none")]));
        Assert.Equal(
            (ExitCodes.Usage, $"energynode: {network.File("net")}: is a directory; name a file, which is made "
                + "when there is none"),
            await RunAsync([.. serve, "--keys", network.File("net"), "--http-token", network.File("net")]));
    }

    private static async Task<(int Exit, string Told)> RunAsync(string[] arguments)
    {
        using StringWriter errors = new();
        int exit = await CommandRun.RunAsync(arguments, errors);
        return (exit, errors.ToString().TrimEnd());
    }
}
