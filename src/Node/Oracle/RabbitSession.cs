using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EnergyNode.Node.Oracle;

/// <summary>One connection to a broker, consuming one queue. The broker itself keeps to the prefetch.</summary>
internal sealed class RabbitSession : IReadingQueueSession
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Channel<QueuedMessage> _messages =
        System.Threading.Channels.Channel.CreateBounded<QueuedMessage>(OracleLimits.MaxPrefetch);

    public RabbitSession(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
        AsyncEventingBasicConsumer consumer = new(channel);

        // The body is the library's buffer: it is gone when the handler returns.
        consumer.ReceivedAsync += async (_, delivered) => await _messages.Writer.WriteAsync(
            new QueuedMessage(delivered.DeliveryTag, delivered.Body.ToArray()), delivered.CancellationToken);
        consumer.UnregisteredAsync += (_, _) => EndAsync("the broker cancelled the consumer");
        channel.ChannelShutdownAsync += (_, reason) => EndAsync(reason.ReplyText);
        Consumer = consumer;
    }

    public IAsyncBasicConsumer Consumer { get; }

    public async IAsyncEnumerable<QueuedMessage> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (QueuedMessage message in _messages.Reader.ReadAllAsync(cancellation))
        {
            yield return message;
        }
    }

    public Task AcknowledgeAsync(ulong tag, CancellationToken cancellation) =>
        AnswerAsync(() => _channel.BasicAckAsync(tag, multiple: false, cancellation), cancellation);

    public Task RejectAsync(ulong tag, CancellationToken cancellation) =>
        AnswerAsync(() => _channel.BasicRejectAsync(tag, requeue: false, cancellation), cancellation);

    public async ValueTask DisposeAsync()
    {
        await EndAsync("closed");
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task AnswerAsync(Func<ValueTask> answer, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (_channel.IsOpen)
            {
                await answer();
            }
        }
        catch (Exception error) when (RabbitQueue.IsWorldly(error))
        {
            throw new ReadingQueueException($"an answer could not be sent ({error.Message})", error);
        }
        finally
        {
            _one.Release();
        }
    }

    private Task EndAsync(string reason)
    {
        _messages.Writer.TryComplete(new ReadingQueueException($"the connection ended ({reason})"));
        return Task.CompletedTask;
    }
}
