using System;

namespace EnergyNode.Actors;

/// <summary>An answer that makes the asker's task fail with the given exception.</summary>
public sealed record StatusFailure(Exception Cause);
