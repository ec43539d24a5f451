using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Certificates;

/// <summary>How much of one hour's consumption the certificates of the same hour can stand for (REC-9).</summary>
public static class HourlyMatching
{
    /// <summary>
    /// The most that can be matched: epochs in order, each from the claims that cover it, those that end first going
    /// first. As claims are intervals, no other choice matches more.
    /// </summary>
    /// <param name="consumed">Epochs in ascending order, with what was consumed.</param>
    /// <param name="retired">Bundles of the hour, each with its claim.</param>
    public static WattHours Match(
        IReadOnlyList<(EpochIndex Epoch, WattHours Energy)> consumed, IEnumerable<RecBundle> retired)
    {
        List<(RecClaim Claim, long Left)> claims = [];
        foreach (RecBundle bundle in retired)
        {
            RecClaim claim = bundle.Claim
                ?? throw new ArgumentException("A bundle that is not retired stands for nothing.", nameof(retired));
            claims.Add((claim, bundle.Quantity.Wh));
        }

        // What is matched does not depend on the order of claims that end in the same epoch.
        claims.Sort(static (left, right) => left.Claim.To.CompareTo(right.Claim.To));
        long matched = 0;
        foreach ((EpochIndex epoch, WattHours energy) in consumed)
        {
            long wanted = energy.Wh;
            for (int at = 0; at < claims.Count && wanted > 0; at++)
            {
                (RecClaim claim, long left) = claims[at];
                if (claim.From.Value <= epoch.Value && epoch.Value <= claim.To.Value)
                {
                    long taken = Math.Min(wanted, left);
                    claims[at] = (claim, left - taken);
                    wanted -= taken;
                    matched += taken;
                }
            }
        }

        return new WattHours(matched);
    }
}
