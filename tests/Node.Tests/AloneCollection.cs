using Xunit;

namespace EnergyNode.Node.Tests;

/// <summary>Tests that measure the heap of the process run while no other test does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
