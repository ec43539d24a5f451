using System;
using EnergyNode.Actors;
using EnergyNode.Actors.Node;

namespace EnergyNode.Simulation;

/// <summary>Shows the simulator what a node's sentinel publishes.</summary>
internal sealed class WitnessActor : ReceiveActor
{
    public WitnessActor(Action<SentinelMessage> onPublished) => Receive(onPublished);

    /// <inheritdoc/>
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(SentinelMessage));
}
