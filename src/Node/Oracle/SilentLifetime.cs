using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace EnergyNode.Node.Oracle;

/// <summary>Leaves the process's signals alone: the command itself ends on them, and the server with it.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
