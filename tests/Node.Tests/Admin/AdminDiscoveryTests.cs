using System.Diagnostics;
using System.IO;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Threading.Tasks;
using EnergyNode.Node.Admin;
using Xunit;

namespace EnergyNode.Node.Tests.Admin;

[UnsupportedOSPlatform("windows")]
public sealed class AdminDiscoveryTests
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task The_file_is_private_and_names_port_token_and_process()
    {
        await using var fixture = new AdminFixture();
        string path = fixture.Server.DiscoveryFile!;
        Assert.Equal($"admin-{fixture.Server.EndPoint.Port}.json", Path.GetFileName(path));
        Assert.Equal(OwnerFile, File.GetUnixFileMode(path));
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        JsonElement root = document.RootElement;
        Assert.Equal("127.0.0.1", root.GetProperty("host").GetString());
        Assert.Equal(fixture.Server.EndPoint.Port, root.GetProperty("port").GetInt32());
        Assert.Equal(fixture.Token.Hex, root.GetProperty("token").GetString());
        Assert.Equal(System.Environment.ProcessId, root.GetProperty("pid").GetInt32());
        Assert.Equal("validator-1", root.GetProperty("node").GetString());
        Assert.Equal("test-chain", root.GetProperty("chain").GetString());
        Assert.EndsWith("Z", root.GetProperty("startedUtc").GetString());
    }

    [Fact]
    public async Task A_clean_stop_deletes_the_file()
    {
        await using var fixture = new AdminFixture();
        string path = fixture.Server.DiscoveryFile!;
        await fixture.Server.DisposeAsync();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_stop_leaves_the_file_of_a_later_node_alone()
    {
        await using var fixture = new AdminFixture();
        string path = fixture.Server.DiscoveryFile!;
        await File.WriteAllTextAsync(path, """{"pid":1,"token":"another"}""");
        await fixture.Server.DisposeAsync();
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_start_deletes_files_of_processes_that_ended_and_keeps_those_of_others()
    {
        await using var fixture = new AdminFixture();
        string stale = PathBeside(fixture, 1);
        string damaged = PathBeside(fixture, 2);
        using Process ended = Process.Start("true");
        await ended.WaitForExitAsync();
        await File.WriteAllTextAsync(stale, $$"""{"pid":{{ended.Id}},"token":"t"}""");
        await File.WriteAllTextAsync(damaged, "{");
        await using var second = new AdminServer(fixture.Options, new AdminRegistry(), AdminToken.Create());
        second.Start();
        Assert.False(File.Exists(stale));
        Assert.False(File.Exists(damaged));
        Assert.True(File.Exists(fixture.Server.DiscoveryFile));
        Assert.True(File.Exists(second.DiscoveryFile));
    }

    [Fact]
    public void A_missing_directory_is_made_private()
    {
        DirectoryInfo parent = Directory.CreateTempSubdirectory("energynode-admin-");
        string path = Path.Combine(parent.FullName, "energynode");
        Write(path);
        Assert.Equal(OwnerFile | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        parent.Delete(recursive: true);
    }

    [Fact]
    public void A_directory_that_others_may_enter_is_refused()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("energynode-admin-");
        File.SetUnixFileMode(directory.FullName, OwnerFile | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        Assert.Contains("mode 0700", Assert.Throws<AdminStartException>(() => Write(directory.FullName)).Message);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void A_link_to_a_directory_is_refused()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("energynode-admin-");
        string link = Path.Combine(directory.FullName, "link");
        Directory.CreateSymbolicLink(link, directory.FullName);
        Assert.Throws<AdminStartException>(() => Write(link));
        directory.Delete(recursive: true);
    }

    private static string PathBeside(AdminFixture fixture, int port) =>
        Path.Combine(Path.GetDirectoryName(fixture.Server.DiscoveryFile)!, $"admin-{port}.json");

    private static void Write(string directory) => new AdminDiscovery(directory).Write(
        new IPEndPoint(IPAddress.Loopback, 9110),
        AdminToken.Create(),
        new AdminOptions { NodeName = "n", Chain = "c" },
        System.DateTimeOffset.UnixEpoch);
}
