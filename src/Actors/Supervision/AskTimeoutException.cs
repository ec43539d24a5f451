using System;
using EnergyNode.Ledger;

namespace EnergyNode.Actors;

/// <summary>No answer came in time.</summary>
public sealed class AskTimeoutException(ActorPath target, string messageType, Duration timeout)
    : Exception($"{target} did not answer {messageType} within {timeout}");
