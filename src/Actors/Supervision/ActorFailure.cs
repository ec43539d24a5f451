using System;

namespace EnergyNode.Actors;

/// <summary>An actor failed, published to the event stream for logs and alerts.</summary>
/// <param name="Actor">Who failed.</param>
/// <param name="Cause">What it threw.</param>
/// <param name="Directive">What its supervisor does; null for a failure in a hook, which changes nothing.</param>
public sealed record ActorFailure(IActorRef Actor, Exception Cause, Directive? Directive);
