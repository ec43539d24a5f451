using System;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors;
using ActorLimits = EnergyNode.Actors.Limits;

namespace EnergyNode.Node.Work;

/// <summary>The production runner of actors on the thread pool, with each actor's processor time on a meter.</summary>
internal sealed class MeteredDispatcher(WorkMeter meter) : IDispatcher
{
    public TaskCreationOptions CompletionOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    public void Schedule(Mailbox mailbox) => ThreadPool.UnsafeQueueUserWorkItem(
        static work => work.Self.Run(work.Mailbox), (Self: this, Mailbox: mailbox), false);

    internal static WorkKind KindOf(string path) =>
        IsIn(path, "/user/consensus") || IsIn(path, "/user/sentinel") || IsIn(path, "/user/suspicion")
            ? WorkKind.Consensus
        : IsIn(path, "/user/ledger") || IsIn(path, "/user/market") ? WorkKind.Market
        : IsIn(path, "/user/mempool") ? WorkKind.Mempool
        : WorkKind.OtherActors;

    private void Run(Mailbox mailbox)
    {
        WorkMeter.Mark mark = meter.Begin();
        int handled = mailbox.Run(ActorLimits.DefaultThroughput);
        meter.End(KindOf(mailbox.Path.Value), mark, handled);
    }

    private static bool IsIn(string path, string room) =>
        path.StartsWith(room, StringComparison.Ordinal) && (path.Length == room.Length || path[room.Length] == '/');
}
