using System;

namespace EnergyNode.Actors;

/// <summary>An actor's factory, <c>PreStart</c> or <c>PostRestart</c> failed: there is no instance to go on
/// with.</summary>
public sealed class ActorInitializationException(ActorPath actor, Exception inner)
    : Exception($"{actor} could not start: {inner.Message}", inner);
