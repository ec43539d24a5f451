using System.Threading;
using System.Threading.Tasks;

namespace EnergyNode.Node.Demo;

/// <summary>What a demo sends, epoch after epoch, and follows until it is final.</summary>
internal interface IReplay
{
    /// <summary>Done when half of the epochs are final.</summary>
    Task HalfWay { get; }

    /// <exception cref="Gateway.GatewayException">A batch is not executed as it should be.</exception>
    Task RunAsync(CancellationToken cancellation);
}
