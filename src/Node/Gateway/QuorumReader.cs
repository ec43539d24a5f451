using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Actors.Clients;

namespace EnergyNode.Node.Gateway;

/// <summary>
/// Reads the state through all validators and believes what f + 1 of them say alike: same height, same state root, same
/// leaves. All pages of one read are of one height; when the chain moves on in between, the read begins again.
/// </summary>
public sealed class QuorumReader(GatewayClient gateway, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Where each validator stands; null for one that does not answer.</summary>
    public async Task<IReadOnlyList<ClientAnswer?>> ReadHeadsAsync(CancellationToken cancellation) =>
        await Task.WhenAll(Enumerable.Range(0, gateway.Validators).Select(validator =>
            gateway.AskAsync(validator, static id => new ClientQuery.Head(id), cancellation)));

    /// <param name="prefixes">Of keys, such as the number of a table.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="GatewayException">No f + 1 validators agreed in time.</exception>
    public async Task<QuorumState> ReadAsync(IReadOnlyList<byte[]> prefixes, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < GatewayLimits.QuorumTimeout)
        {
            if (await TryReadAsync(prefixes, cancellation) is { } state)
            {
                return state;
            }

            await Task.Delay(Pause, time, cancellation);
        }

        throw new GatewayException(
            $"no {gateway.Needed} validators gave equal answers within {GatewayLimits.QuorumTimeout.TotalSeconds:0} s");
    }

    private async Task<QuorumState?> TryReadAsync(IReadOnlyList<byte[]> prefixes, CancellationToken cancellation)
    {
        ClientAnswer.Entries? first = null;
        List<IReadOnlyList<KeyValuePair<byte[], byte[]>>> parts = [];
        foreach (byte[] prefix in prefixes)
        {
            List<KeyValuePair<byte[], byte[]>> part = [];
            byte[] after = [];
            bool more = true;
            while (more)
            {
                ClientAnswer.Entries? page = await AskAllAsync(prefix, after, first, cancellation);
                if (page is null || !Continues(page, prefix, after))
                {
                    return null;
                }

                first ??= page;
                part.AddRange(page.Page);
                more = page.More;
                after = more ? page.Page[^1].Key : after;
            }

            parts.Add(part);
        }

        return first is null ? null : new QuorumState(first.Height, first.StateRoot, parts);
    }

    /// <returns>The answer that f + 1 validators give, at the height of the pages before; null when there is none.</returns>
    private async Task<ClientAnswer.Entries?> AskAllAsync(
        byte[] prefix, byte[] after, ClientAnswer.Entries? pinned, CancellationToken cancellation)
    {
        List<Task<ClientAnswer?>> asked =
        [
            .. Enumerable.Range(0, gateway.Validators).Select(validator => gateway.AskAsync(
                validator, id => new ClientQuery.Entries(id, prefix, after), cancellation)),
        ];
        List<ClientAnswer.Entries> answers = [];
        while (asked.Count > 0)
        {
            Task<ClientAnswer?> done = await Task.WhenAny(asked);
            asked.Remove(done);
            if (await done is not ClientAnswer.Entries answer
                || (pinned is not null && (answer.Height != pinned.Height || answer.StateRoot != pinned.StateRoot)))
            {
                continue;
            }

            answers.Add(answer);
            if (answers.Count(other => AreEqual(other, answer)) >= gateway.Needed)
            {
                return answer;
            }
        }

        return null;
    }

    private static bool Continues(ClientAnswer.Entries page, byte[] prefix, byte[] after)
    {
        ReadOnlySpan<byte> last = after;
        foreach (KeyValuePair<byte[], byte[]> entry in page.Page)
        {
            if (!entry.Key.AsSpan().StartsWith(prefix) || entry.Key.AsSpan().SequenceCompareTo(last) <= 0)
            {
                return false;
            }

            last = entry.Key;
        }

        return page.Page.Count > 0 || !page.More;
    }

    private static bool AreEqual(ClientAnswer.Entries left, ClientAnswer.Entries right) =>
        left.Height == right.Height && left.StateRoot == right.StateRoot && left.More == right.More
        && left.Page.Count == right.Page.Count
        && left.Page.Zip(right.Page).All(static pair =>
            pair.First.Key.AsSpan().SequenceEqual(pair.Second.Key)
            && pair.First.Value.AsSpan().SequenceEqual(pair.Second.Value));
}
