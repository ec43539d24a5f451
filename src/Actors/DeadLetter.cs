namespace EnergyNode.Actors;

/// <summary>A message that no actor will handle, published to the event stream.</summary>
/// <param name="Message">What was sent.</param>
/// <param name="Sender">Who sent it; the dead letters themselves if nobody was named.</param>
/// <param name="Recipient">Who should have got it: a stopped actor, a full mailbox, or an ask that is over.</param>
public sealed record DeadLetter(object Message, IActorRef Sender, IActorRef Recipient);
