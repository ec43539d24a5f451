using System;

namespace EnergyNode.Actors;

/// <summary>A mailbox with <see cref="OverflowPolicy.Fail"/> is full.</summary>
public sealed class MailboxOverflowException(ActorPath actor, int capacity)
    : Exception($"the mailbox of {actor} is full ({capacity} messages)");
