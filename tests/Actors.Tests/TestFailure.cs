using System;

namespace EnergyNode.Actors.Tests;

internal sealed class TestFailure(string message) : Exception(message);
