namespace EnergyNode.Node.Configuration;

/// <summary>The least severe message that is logged; the words are those of Akka.NET.</summary>
public enum NodeLogLevel
{
    Debug,
    Info,
    Warning,
    Error,
    Off,
}
