using System.Numerics;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution.Naive;

internal sealed record NaiveMeter(
    string Owner, PublicKey Key, BigInteger Import, BigInteger Export, long Epoch, BigInteger Used, BigInteger Made);
