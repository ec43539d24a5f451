using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Network;
using EnergyNode.Node.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace EnergyNode.Node.Oracle;

/// <summary>
/// <c>POST /v1/readings</c>: a delivery as <c>text/csv</c>, answered when the ledger has decided on each reading. The
/// same delivery may be sent again at any time; nothing counts twice.
/// </summary>
internal sealed class HttpSource : IAsyncDisposable
{
    public const string Path = "/v1/readings";
    private const string Csv = "text/csv";

    private readonly OracleRunner _oracle;
    private readonly HttpToken _token;
    private readonly TimeProvider _time;
    private readonly WebApplication _application;

    private HttpSource(OracleRunner oracle, HttpToken token, IPEndPoint endPoint, TimeProvider time)
    {
        _oracle = oracle;
        _token = token;
        _time = time;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = OracleLimits.MaxDeliveryBytes;
            options.Limits.MaxConcurrentConnections = OracleLimits.MaxConnections;
            options.Listen(endPoint);
        });
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>Where it listens, with the port that was taken for 0.</summary>
    public Uri Address => new(_application.Urls.First());

    /// <param name="oracle">Takes the deliveries.</param>
    /// <param name="token">What requests must show.</param>
    /// <param name="endPoint">A loopback address: requests are not encrypted.</param>
    /// <param name="time">For the wait for the ledger.</param>
    /// <exception cref="ListenException">It cannot listen there.</exception>
    public static async Task<HttpSource> StartAsync(
        OracleRunner oracle, HttpToken token, IPEndPoint endPoint, TimeProvider time)
    {
        if (!IPAddress.IsLoopback(endPoint.Address))
        {
            throw new ArgumentException("Requests are not encrypted.", nameof(endPoint));
        }

        HttpSource source = new(oracle, token, endPoint, time);
        try
        {
            await source._application.StartAsync();
            return source;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await source.DisposeAsync();
            SocketException cause = error as SocketException ?? error.InnerException as SocketException
                ?? new SocketException(
                    (int)(error.InnerException is AddressInUseException
                        ? SocketError.AddressAlreadyInUse : SocketError.SocketError));
            throw new ListenException(endPoint, cause);
        }
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (BadHttpRequestException error)
        {
            await FailAsync(
                context,
                error.StatusCode,
                error.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge() : "the request is malformed");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!IsWellAddressed(context, out int status, out string text))
        {
            await FailAsync(context, status, text);
            return;
        }

        byte[] body = await ReadBodyAsync(context.Request, context.RequestAborted);
        Delivery? delivery = DeliveryParser.Parse(body, out string problem);
        if (delivery is null)
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        if (!_oracle.TryOffer(delivery))
        {
            context.Response.Headers.RetryAfter = "1";
            await FailAsync(
                context, StatusCodes.Status429TooManyRequests, "there is no room now, send the same again later");
            return;
        }

        try
        {
            DeliveryOutcome outcome =
                await delivery.Decided.WaitAsync(OracleLimits.ConfirmTimeout, _time, context.RequestAborted);
            await WriteAsync(
                context,
                outcome.RefusedCount == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
                Describe(outcome));
        }
        catch (TimeoutException)
        {
            context.Response.Headers.RetryAfter = "30";
            await FailAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "the ledger has not decided yet, send the same again later: nothing counts twice");
        }
    }

    private bool IsWellAddressed(HttpContext context, out int status, out string text)
    {
        HttpRequest request = context.Request;
        if (request.Path != Path)
        {
            (status, text) = (StatusCodes.Status404NotFound, $"there is {Path} only");
        }
        else if (request.Method != "POST")
        {
            context.Response.Headers.Allow = "POST";
            (status, text) = (StatusCodes.Status405MethodNotAllowed, $"{Path} takes POST only");
        }
        else if (!_token.Matches(request.Headers.Authorization))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            (status, text) = (StatusCodes.Status401Unauthorized, "show the token as Authorization: Bearer TOKEN");
        }
        else if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            (status, text) = (StatusCodes.Status415UnsupportedMediaType, $"send {Csv} in UTF-8");
        }
        else if (request.Headers.ContentEncoding.Count > 0)
        {
            (status, text) = (StatusCodes.Status415UnsupportedMediaType, "send the body without a content encoding");
        }
        else
        {
            (status, text) = (StatusCodes.Status200OK, "");
            return true;
        }

        return false;
    }

    /// <summary>The server itself stops at the most bytes of a delivery.</summary>
    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, cancellation);
        return body.ToArray();
    }

    private static JsonObject Describe(DeliveryOutcome outcome) => new()
    {
        ["confirmed"] = outcome.Confirmed,
        ["corrected"] = outcome.Corrected,
        ["already"] = outcome.Already,
        ["closed"] = outcome.Closed,
        ["refusedCount"] = outcome.RefusedCount,
        ["refused"] = new JsonArray([.. outcome.Refused.Select(static refused => new JsonObject
        {
            ["line"] = refused.Line,
            ["meter"] = refused.Meter.ToString(),
            ["startUtc"] = UtcTime.Render(refused.Start),
            ["text"] = refused.Text,
        })]),
    };

    private static string TooLarge() => string.Create(
        CultureInfo.InvariantCulture,
        $"more than {OracleLimits.MaxDeliveryBytes:N0} bytes, send the readings in smaller parts");

    private static Task FailAsync(HttpContext context, int status, string text) =>
        WriteAsync(context, status, new JsonObject { ["error"] = text });

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString() + "\n", context.RequestAborted);
    }
}
