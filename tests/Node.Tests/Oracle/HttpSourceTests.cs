using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Network;
using EnergyNode.Node.Oracle;
using EnergyNode.Node.Tests.Crypto;
using Xunit;
using static EnergyNode.Node.Tests.Oracle.OracleFixture;

namespace EnergyNode.Node.Tests.Oracle;

public sealed class HttpSourceTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    public void Dispose()
    {
        _client.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_delivery_is_answered_when_it_is_confirmed_and_may_come_again()
    {
        FakeLedger ledger = new("a", "b");
        await using RunningOracle oracle = new(ledger, "a", "b");
        await oracle.DeliverAsync("b@0=20");
        await using HttpSource source = await StartAsync(oracle.Runner);
        Assert.Equal("200 1 0 0 0", await OutcomeAsync(source, "a@0=10"));
        Assert.Equal("200 0 1 0 0", await OutcomeAsync(source, "a@0=10"));
        Assert.Equal("200 1 0 0 0", await OutcomeAsync(source, "b@1=10"));
        Assert.Equal("200 0 1 0 0", await OutcomeAsync(source, "b@1=10"));
        Assert.Equal("422 1 0 0 1", await OutcomeAsync(source, "a@1=10 a@2=-5"));
        Assert.Equal("0:b:20 0:a:10 1:b:10 1:a:10", ledger.Readings);
    }

    [Fact]
    public async Task A_refused_reading_is_named_with_its_line_and_rule()
    {
        await using RunningOracle oracle = new(new FakeLedger("a"), "a");
        await oracle.DeliverAsync("a@0=10");
        await using HttpSource source = await StartAsync(oracle.Runner);
        using HttpResponseMessage response = await PostAsync(source, Csv("a@1=10 a@2=-5"));
        JsonElement refused = (await JsonAsync(response)).GetProperty("refused")[0];
        Assert.Equal(3, refused.GetProperty("line").GetInt32());
        Assert.Equal("a", refused.GetProperty("meter").GetString());
        Assert.Equal("2016-08-01T08:30:00Z", refused.GetProperty("startUtc").GetString());
        Assert.StartsWith("negative:", refused.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_of_another_form_are_refused_and_change_nothing()
    {
        FakeLedger ledger = new("a");
        await using RunningOracle oracle = new(ledger, "a");
        await oracle.DeliverAsync("a@0=10");
        await using HttpSource source = await StartAsync(oracle.Runner);
        byte[] good = Csv("a@1=10");
        Assert.Equal("401 show the token", await ErrorAsync(source, good, token: "0"));
        Assert.Equal("401 show the token", await ErrorAsync(source, good, token: null));
        Assert.Equal("404 there is /v1/readings", await ErrorAsync(source, good, path: "/v1/reading"));
        Assert.Equal("405 /v1/readings takes POST", await ErrorAsync(source, good, method: HttpMethod.Put));
        Assert.Equal("415 send text/csv in", await ErrorAsync(source, good, type: "application/json"));
        Assert.Equal("415 send text/csv in", await ErrorAsync(source, good, type: "text/csv; charset=latin1"));
        Assert.Equal("415 send text/csv in", await ErrorAsync(source, good, type: null));
        Assert.Equal("415 send the body", await ErrorAsync(source, good, encoding: "gzip"));
        Assert.Equal("400 body:3:2: the row", await ErrorAsync(source, [.. good, (byte)'x']));
        Assert.Equal("0:a:10", ledger.Readings);
    }

    [Fact]
    public async Task The_bounds_of_a_body_are_exact()
    {
        await using RunningOracle oracle = new(new FakeLedger("a"), "a");
        await oracle.DeliverAsync("a@0=10");
        await using HttpSource source = await StartAsync(oracle.Runner);
        byte[] most = [.. Csv("a@0=10"), .. Enumerable.Repeat((byte)'0', OracleLimits.MaxDeliveryBytes)];
        string at = await ErrorAsync(source, most[..OracleLimits.MaxDeliveryBytes]);
        Assert.StartsWith("400 ", at, StringComparison.Ordinal);
        Assert.StartsWith(
            "413 more than 262,144", await ErrorAsync(source, most[..(OracleLimits.MaxDeliveryBytes + 1)]));

        string rows = string.Join(' ', Enumerable.Repeat("a@0=10", OracleLimits.MaxDeliveryReadings));
        Assert.Equal($"200 0 {OracleLimits.MaxDeliveryReadings} 0 0", await OutcomeAsync(source, rows));
        Assert.StartsWith("400 more than 4,096", await ErrorAsync(source, Csv(rows + " a@0=10")));
    }

    [Fact]
    public async Task Without_room_the_answer_is_429_and_says_when_to_come_again()
    {
        OracleRunner notRunning = new(Stream("a"), new FakeLedger("a"), Log, TimeProvider.System);
        await using HttpSource source = await StartAsync(notRunning);
        using HttpResponseMessage response = await PostAsync(source, Csv("a@0=10"));
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task When_the_ledger_does_not_decide_in_time_the_answer_is_503_and_the_reading_still_counts()
    {
        FakeLedger ledger = new("a");
        TaskCompletionSource open = new();
        await using RunningOracle oracle = new(ledger, "a");
        await oracle.DeliverAsync("a@0=10");
        ledger.Open = open.Task;
        await using HttpSource source = await StartAsync(oracle.Runner, new ImpatientTime());
        using HttpResponseMessage response = await PostAsync(source, Csv("a@1=11"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.RetryAfter!.Delta);
        open.SetResult();
        await oracle.DeliverAsync("a@2=12");
        Assert.Equal("0:a:10 1:a:11 2:a:12", ledger.Readings);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_of_one_line()
    {
        OracleRunner notRunning = new(Stream("a"), new FakeLedger("a"), Log, TimeProvider.System);
        await using HttpSource first = await StartAsync(notRunning);
        HttpToken token = HttpToken.LoadOrCreate(_directory.File("token"));
        ListenException error = await Assert.ThrowsAsync<ListenException>(() => HttpSource.StartAsync(
            notRunning, token, new IPEndPoint(IPAddress.Loopback, first.Address.Port), TimeProvider.System));
        Assert.Contains("the port is in use", error.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => HttpSource.StartAsync(
            notRunning, token, new IPEndPoint(IPAddress.Any, 0), TimeProvider.System));
    }

    private Task<HttpSource> StartAsync(OracleRunner oracle, TimeProvider? time = null) => HttpSource.StartAsync(
        oracle,
        HttpToken.LoadOrCreate(_directory.File("token")),
        new IPEndPoint(IPAddress.Loopback, 0),
        time ?? TimeProvider.System);

    private string Token() => System.IO.File.ReadAllText(_directory.File("token")).Trim();

    private Task<HttpResponseMessage> PostAsync(HttpSource source, byte[] body) =>
        SendAsync(source, body, HttpMethod.Post, HttpSource.Path, Token(), "text/csv", null);

    private async Task<HttpResponseMessage> SendAsync(
        HttpSource source,
        byte[] body,
        HttpMethod method,
        string path,
        string? token,
        string? type,
        string? encoding)
    {
        using HttpRequestMessage request = new(method, new Uri(source.Address, path));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _client.SendAsync(request, CancellationToken.None);
    }

    private async Task<string> OutcomeAsync(HttpSource source, string readings)
    {
        using HttpResponseMessage response = await PostAsync(source, Csv(readings));
        JsonElement json = await JsonAsync(response);
        string[] counts = ["confirmed", "already", "closed", "refusedCount"];
        IEnumerable<int> values = counts.Select(name => json.GetProperty(name).GetInt32());
        return $"{(int)response.StatusCode} {string.Join(' ', values)}";
    }

    /// <returns>The status and the first three words.</returns>
    private async Task<string> ErrorAsync(
        HttpSource source,
        byte[] body,
        string? token = "right",
        string? type = "text/csv",
        string path = HttpSource.Path,
        HttpMethod? method = null,
        string? encoding = null)
    {
        using HttpResponseMessage response = await SendAsync(
            source, body, method ?? HttpMethod.Post, path, token == "right" ? Token() : token, type, encoding);
        string error = (await JsonAsync(response)).GetProperty("error").GetString()!;
        return $"{(int)response.StatusCode} {string.Join(' ', error.Split(' ').Take(3))}";
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync())).RootElement;

    /// <summary>No timer waits.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
