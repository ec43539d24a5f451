using System.Threading.Tasks;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Gateway;

/// <summary>A batch on its way.</summary>
/// <param name="Final">
/// Done when the batch is final; fails with a <see cref="GatewayException"/> when it is refused, passed over or
/// has a rejected command.
/// </param>
public sealed record Submission(SignedBatch Batch, Task<BatchFinality> Final);
