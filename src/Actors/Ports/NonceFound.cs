using EnergyNode.Ledger;

namespace EnergyNode.Actors.Ports;

/// <summary>The miner found a nonce that gives the block its proof of work.</summary>
public sealed record NonceFound(Hash32 Block, ulong Nonce);
