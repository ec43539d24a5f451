using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Network;

/// <summary>Keeps a link to one known peer: dials whenever there is none, with growing delays.</summary>
/// <param name="peer">Whom to dial, and where.</param>
/// <param name="options">Time-outs and delays.</param>
/// <param name="links">Tells whether there is a link, whoever dialled it.</param>
/// <param name="serve">Makes a link of a connection and runs it to its end; null if it was refused.</param>
/// <param name="isAllowed">Whether the peer may have a link at all; it is not dialled while it may not.</param>
/// <param name="refused">Told of addresses where nothing answers.</param>
/// <param name="time">For delays.</param>
internal sealed class PeerDialer(
    KnownPeer peer,
    TransportOptions options,
    LinkTable links,
    Func<Socket, PublicKey, string, CancellationToken, Task<Link?>> serve,
    Func<PublicKey, bool> isAllowed,
    Action<ConnectionRefused> refused,
    TimeProvider time)
{
    private readonly Backoff _backoff = new(options.ReconnectMin, options.ReconnectMax);

    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            Link? link = links.Find(peer.Key);
            if (link is not null)
            {
                await link.Ended.WaitAsync(stop);
            }
            else if (isAllowed(peer.Key))
            {
                link = await TryAddressesAsync(stop);
            }

            // A link that breaks soon again and again is no success: the delays go on growing.
            if (link?.Age >= options.ReconnectMax)
            {
                _backoff.Reset();
            }

            await Task.Delay(_backoff.Next(Random.Shared.NextDouble()), time, stop);
        }
    }

    private async Task<Link?> TryAddressesAsync(CancellationToken stop)
    {
        foreach (PeerAddress address in peer.Addresses)
        {
            foreach (IPAddress ip in await ResolveAsync(address, stop))
            {
                if (await ConnectAsync(address, ip, stop) is not { } socket)
                {
                    continue;
                }

                Link? link = await serve(socket, peer.Key, address.ToString(), stop);
                if (link is not null || links.Find(peer.Key) is not null)
                {
                    return link;
                }
            }
        }

        return null;
    }

    private async Task<IPAddress[]> ResolveAsync(PeerAddress address, CancellationToken stop)
    {
        try
        {
            return await TcpDial.ResolveAsync(address, stop);
        }
        catch (SocketException e)
        {
            Report(address, $"the host name {address.Host} cannot be resolved: {e.Message}");
            return [];
        }
    }

    private async Task<Socket?> ConnectAsync(PeerAddress address, IPAddress ip, CancellationToken stop)
    {
        try
        {
            return await TcpDial.ConnectAsync(new IPEndPoint(ip, address.Port), options.ConnectTimeout, time, stop);
        }
        catch (SocketException e)
        {
            Report(address, $"nothing answers at {address}: {e.Message}");
            return null;
        }
    }

    private void Report(PeerAddress address, string detail) =>
        refused(new ConnectionRefused(
            RefusalReason.Unreachable, address.ToString(), Key: null, Dialled: true, detail));
}
