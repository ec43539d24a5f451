using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Tests.Network;

namespace EnergyNode.Node.Tests.Gateway;

/// <summary>Fake validators and a gateway that is connected to them.</summary>
internal sealed class FakeNetwork : IAsyncDisposable
{
    private const byte GatewayNumber = 200;

    public FakeNetwork(
        int validators, Action<FakeNetwork>? prepare = null, Func<GatewayOptions, GatewayOptions>? change = null)
    {
        Validators = [.. Enumerable.Range(1, validators).Select(n => new FakeValidator((byte)n))];
        prepare?.Invoke(this);
        foreach (FakeValidator validator in Validators)
        {
            validator.Start();
        }

        GatewayOptions options = new()
        {
            Chain = FakeValidator.Chain,
            RetryAfter = TimeSpan.FromMilliseconds(10),
        };
        Client = new GatewayClient(
            change?.Invoke(options) ?? options,
            [.. Validators.Select(validator => validator.Endpoint)],
            new FakeSigner(GatewayNumber),
            new FakeVerifier(),
            TimeProvider.System);
    }

    public IReadOnlyList<FakeValidator> Validators { get; }

    public GatewayClient Client { get; }

    public static SignedBatch Batch(long nonce) => SignedBatch.Sign(
        FakeValidator.Chain,
        nonce,
        Instant.FromSeconds(2_000_000_000),
        BatchFlags.InOrder,
        [new Command.CloseEpoch(new EpochIndex(nonce))],
        new FakeSigner(GatewayNumber));

    public Task<Submission> BeginAsync(long nonce) =>
        Client.BeginAsync(Batch(nonce), CancellationToken.None).WaitAsync(Inbox.Patience);

    public async Task<BatchFinality> FinishAsync(long nonce)
    {
        try
        {
            return await (await BeginAsync(nonce)).Final.WaitAsync(Inbox.Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(string.Join("; ", Client.Links));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        foreach (FakeValidator validator in Validators)
        {
            await validator.DisposeAsync();
        }
    }
}
