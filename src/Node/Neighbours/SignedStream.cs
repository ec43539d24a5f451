using System.Collections.Generic;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Node.Gateway;

namespace EnergyNode.Node.Neighbours;

/// <summary>
/// The batches of one signer, executed in their order; more commands than a batch takes go into several.
/// </summary>
internal sealed class SignedStream(ChainId chain, ISigner signer)
{
    private long _nonce;

    /// <param name="commands">At least one.</param>
    /// <param name="now">The batches stay valid for 50 minutes from here.</param>
    public IReadOnlyList<SignedBatch> Sign(IReadOnlyList<Command> commands, Instant now) =>
    [
        .. commands.Chunk(NeighbourLimits.CommandsPerBatch).Select(part => SignedBatch.Sign(
            chain,
            ++_nonce,
            now.Plus(Duration.FromSeconds(GatewayLimits.ValiditySeconds)),
            BatchFlags.InOrder,
            part,
            signer)),
    ];
}
