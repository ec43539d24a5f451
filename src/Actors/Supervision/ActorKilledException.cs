using System;

namespace EnergyNode.Actors;

/// <summary>The actor got a <see cref="Kill"/>.</summary>
public sealed class ActorKilledException(ActorPath actor)
    : Exception($"{actor} was killed");
