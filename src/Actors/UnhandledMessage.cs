namespace EnergyNode.Actors;

/// <summary>A message for which its live receiver has no handler, published to the event stream.</summary>
public sealed record UnhandledMessage(object Message, IActorRef Sender, IActorRef Recipient);
