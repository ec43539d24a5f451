namespace EnergyNode.Actors;

/// <summary>What a supervisor does about a child that failed.</summary>
public enum Directive
{
    /// <summary>The child goes on with its state; the message at which it failed is lost.</summary>
    Resume,

    /// <summary>A new instance takes over the child's mailbox and path.</summary>
    Restart,

    /// <summary>The child stops.</summary>
    Stop,

    /// <summary>The supervisor fails with the same exception, and its own supervisor decides.</summary>
    Escalate,
}
