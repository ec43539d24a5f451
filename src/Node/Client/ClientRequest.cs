using System;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Client;

/// <summary>One command for the ledger, and how to tell people what became of it.</summary>
/// <param name="Command">What is asked for.</param>
/// <param name="ValueName">What the value of its receipt is called in JSON; null when it says nothing.</param>
/// <param name="Text">A line for people, given that value.</param>
internal sealed record ClientRequest(Command Command, string? ValueName, Func<long, string> Text);
