using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Node.Oracle;
using RabbitMQ.Client;

namespace EnergyNode.Node.Tests.Oracle;

/// <summary>A queue of a real broker that is gone when the test is over.</summary>
internal sealed class RabbitTestQueue : IAsyncDisposable
{
    private static int _queues;

    private readonly string _name = string.Create(
        CultureInfo.InvariantCulture,
        $"energynode-test-{Environment.ProcessId}-{Interlocked.Increment(ref _queues)}");
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private RabbitTestQueue(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    private static Uri Broker => new(RabbitFactAttribute.Broker!);

    public static async Task<RabbitTestQueue> CreateAsync()
    {
        IConnection connection = await new ConnectionFactory { Uri = Broker }.CreateConnectionAsync();
        RabbitTestQueue queue = new(connection, await connection.CreateChannelAsync());
        await queue._channel.QueueDeclareAsync(queue._name, durable: true, exclusive: false, autoDelete: false);

        // A process of the same number may have died before it took its queue away.
        await queue._channel.QueuePurgeAsync(queue._name);
        return queue;
    }

    public RabbitQueue Open(int prefetch) => new(Broker, _name, prefetch);

    public async Task PublishAsync(byte[] body) => await _channel.BasicPublishAsync("", _name, body);

    public async Task<uint> CountAsync() => await _channel.MessageCountAsync(_name);

    public async ValueTask DisposeAsync()
    {
        await _channel.QueueDeleteAsync(_name);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
