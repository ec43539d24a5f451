using System;

namespace EnergyNode.Actors;

/// <summary>An actor did not handle the <see cref="Terminated"/> of an actor it watched.</summary>
public sealed class DeathPactException(ActorPath watcher, ActorPath dead)
    : Exception($"{watcher} watched {dead} and did not handle its Terminated");
