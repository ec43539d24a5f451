using System.Diagnostics;
using System.IO;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using Xunit;

namespace EnergyNode.Pbm.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class DiscoveryTests
{
    private static readonly string[] Show = ["cluster", "show", "-o", "jsonl"];

    [Fact]
    public async Task The_only_node_that_runs_needs_no_name()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        Assert.Equal(0, (await PbmRun.WithAsync(directory, Show)).Code);
    }

    [Fact]
    public async Task Of_several_nodes_one_has_to_be_named()
    {
        using var directory = new RuntimeDirectory();
        await using var one = new TestNode(directory, "validator-1");
        await using var two = new TestNode(directory, "validator-2");
        PbmRun run = await PbmRun.WithAsync(directory, Show);
        Assert.Equal(2, run.Code);
        Assert.Contains($"{one.Address} (validator-1)", run.Error);
        Assert.Contains($"{two.Address} (validator-2)", run.Error);
        PbmRun named = await PbmRun.WithAsync(directory, [two.Address, .. Show, "-o", "json"]);
        Assert.Contains("\"node\": \"validator-2\"", named.Out);
    }

    [Fact]
    public async Task A_file_of_a_process_that_ended_does_not_count()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        WriteDiscoveryFile(directory, port: 1, EndedProcess(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, (await PbmRun.WithAsync(directory, Show)).Code);
    }

    [Fact]
    public async Task A_file_that_others_may_read_does_not_count()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        File.SetUnixFileMode(
            node.DiscoveryFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Equal(4, (await PbmRun.WithAsync(directory, [node.Address, .. Show])).Code);
    }

    [Fact]
    public async Task A_directory_that_others_may_enter_does_not_count()
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        File.SetUnixFileMode(
            directory.Path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
        Assert.Equal(4, (await PbmRun.WithAsync(directory, [node.Address, .. Show])).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"pid\":\"me\"}")]
    [InlineData("{\"pid\":1.5}")]
    public async Task A_damaged_file_does_not_count(string content)
    {
        using var directory = new RuntimeDirectory();
        await using var node = new TestNode(directory);
        string path = Path.Combine(directory.Path, "admin-7.json");
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, (await PbmRun.WithAsync(directory, Show)).Code);
    }

    private static void WriteDiscoveryFile(RuntimeDirectory directory, int port, int pid, UnixFileMode mode)
    {
        string path = Path.Combine(directory.Path, $"admin-{port}.json");
        File.WriteAllText(path, $$"""{"port":{{port}},"token":"t","pid":{{pid}},"node":"n","chain":"c"}""");
        File.SetUnixFileMode(path, mode);
    }

    private static int EndedProcess()
    {
        using Process process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }
}
