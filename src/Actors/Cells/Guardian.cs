namespace EnergyNode.Actors;

/// <summary><c>/user</c>: it only supervises.</summary>
internal sealed class Guardian : Actor
{
    protected override bool OnMessage(object message) => false;
}
