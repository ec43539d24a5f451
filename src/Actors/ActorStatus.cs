namespace EnergyNode.Actors;

/// <summary>One line of <see cref="ActorSystem.Hierarchy"/>; read while the actor runs, so a snapshot at
/// best.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="MailboxDepth">Messages waiting.</param>
/// <param name="MessagesHandled">User messages handled since the first start, restarts included.</param>
/// <param name="Restarts">Instances made after the first one.</param>
/// <param name="LastError">Type and message of the last exception, null if there was none.</param>
public sealed record ActorStatus(
    ActorPath Path, int MailboxDepth, long MessagesHandled, int Restarts, string? LastError);
