namespace EnergyNode.Actors;

/// <summary>What happens to a message that finds its mailbox full.</summary>
public enum OverflowPolicy
{
    /// <summary>The new message goes to dead letters; the sender is not told. For edges, where peers can
    /// repeat.</summary>
    DropNewest,

    /// <summary>The system faults with a <see cref="MailboxOverflowException"/>. For actors whose messages must not be
    /// lost, where a full mailbox means that flow control is broken.</summary>
    Fail,
}
