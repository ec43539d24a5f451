using System.Threading.Tasks;

namespace EnergyNode.Actors;

/// <summary>Decides where and when actors run: on threads in production, on a seeded queue in simulation.</summary>
public interface IDispatcher
{
    /// <summary>Must lead to one <see cref="Mailbox.Run"/>. Called once each time a mailbox turns from idle to
    /// ready, and
    /// not again before that run has ended, so that an actor is never on two threads.</summary>
    void Schedule(Mailbox mailbox);

    /// <summary>How tasks given to the shell complete: off the actor's thread, or inline where order must
    /// repeat.</summary>
    TaskCreationOptions CompletionOptions { get; }
}
