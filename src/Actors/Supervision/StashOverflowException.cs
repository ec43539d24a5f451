using System;

namespace EnergyNode.Actors;

/// <summary>An actor set more messages aside than its stash holds.</summary>
public sealed class StashOverflowException(ActorPath actor, int capacity)
    : Exception($"the stash of {actor} is full ({capacity} messages)");
