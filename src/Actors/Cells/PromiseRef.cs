using System;
using System.Threading.Tasks;

namespace EnergyNode.Actors;

/// <summary>A temporary reference whose first message completes a task; later ones are dead letters.</summary>
internal sealed class PromiseRef<T>(ActorPath path, DeadLetterRef deadLetters, TaskCreationOptions options)
    : InternalRef(path)
{
    private readonly TaskCompletionSource<T> _source = new(options);

    public Task<T> Task => _source.Task;

    public override void Tell(object message, IActorRef? sender = null)
    {
        bool taken = message switch
        {
            T answer => _source.TrySetResult(answer),
            StatusFailure failure => _source.TrySetException(failure.Cause),
            _ => _source.TrySetException(new InvalidCastException(
                $"{sender?.Path} answered {message.GetType().Name} where {typeof(T).Name} was asked for")),
        };
        if (!taken)
        {
            deadLetters.Publish(message, sender, this);
        }
    }

    public void Fail(Exception cause) => _source.TrySetException(cause);

    internal override void SendSystem(SystemMessage message)
    {
        if (message is SystemMessage.WatchedTerminated dead)
        {
            Tell(new Terminated(dead.Actor), dead.Actor);
        }
    }
}
