using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EnergyNode.Node.Oracle;

/// <summary>A queue of a RabbitMQ broker. It must exist: who declares it chooses durability and dead letters.</summary>
internal sealed class RabbitQueue : IReadingQueue
{
    private readonly ConnectionFactory _factory;
    private readonly string _queue;
    private readonly ushort _prefetch;

    /// <param name="broker"><c>amqp://</c> or <c>amqps://</c>, with user and password.</param>
    /// <param name="queue">The queue's name.</param>
    /// <param name="prefetch">Messages that may be without an answer, 1 … 1,024.</param>
    public RabbitQueue(Uri broker, string queue, int prefetch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefetch, OracleLimits.MaxPrefetch);
        _factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false };
        _queue = queue;
        _prefetch = (ushort)prefetch;
    }

    public async Task<IReadingQueueSession> ConnectAsync(CancellationToken cancellation)
    {
        IConnection? connection = null;
        try
        {
            connection = await _factory.CreateConnectionAsync("energynode oracle", cancellation);
            IChannel channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            await channel.BasicQosAsync(0, _prefetch, global: false, cancellation);
            RabbitSession session = new(connection, channel);
            await channel.BasicConsumeAsync(_queue, autoAck: false, session.Consumer, cancellation);
            return session;
        }
        catch (Exception error) when (IsWorldly(error))
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            throw new ReadingQueueException(
                $"queue {_queue} of {_factory.HostName}:{_factory.Port} cannot be used ({error.Message})", error);
        }
    }

    /// <summary>Whether an exception is the network's or the broker's doing.</summary>
    internal static bool IsWorldly(Exception error) =>
        error is RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException;
}
