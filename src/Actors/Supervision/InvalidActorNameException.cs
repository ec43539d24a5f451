using System;

namespace EnergyNode.Actors;

/// <summary>A name that no actor can get: malformed, or in use by a live sibling.</summary>
public sealed class InvalidActorNameException(string name, string reason)
    : Exception($"actor name \"{name}\" {reason}");
