namespace EnergyNode.Actors;

/// <summary>An actor's absolute path without the system's address, such as
/// <c>/user/market/books/north-solar</c>.</summary>
public readonly record struct ActorPath(string Value)
{
    public ActorPath Child(string name) => new(Value == "/" ? "/" + name : Value + "/" + name);

    public override string ToString() => Value;
}
