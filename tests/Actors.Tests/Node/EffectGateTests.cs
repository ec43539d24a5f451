using System.Collections.Generic;
using System.Globalization;
using EnergyNode.Actors.Node;
using EnergyNode.Consensus;
using EnergyNode.Ledger;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EnergyNode.Actors.Tests.Node;

public sealed class EffectGateTests
{
    /// <summary>
    /// 1 and 2 hold an effect, 3 adds a barrier, 4 lifts the oldest, 5 lifts all, others let out what they can.
    /// </summary>
    [Fact]
    public void Effects_come_out_in_order_and_never_before_the_barriers_ahead_of_them() =>
        Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(steps =>
        {
            EffectGate gate = new();
            List<string> model = [];
            List<string> expected = [];
            List<string> actual = [];
            long added = 0;
            long barriers = 0;
            long lifted = 0;
            foreach (byte step in steps)
            {
                switch (step % 7)
                {
                    case 1 or 2:
                        gate.Hold(new ConsensusEffect.RequestProposal(new Height(++added)));
                        model.Add(Name(added));
                        break;
                    case 3:
                        barriers = gate.AddBarrier();
                        model.Add("barrier " + Name(barriers));
                        break;
                    case 4 or 5:
                        lifted = step % 7 == 4 && lifted < barriers ? lifted + 1 : barriers;
                        gate.Lift(lifted);
                        break;
                    default:
                        while (gate.TryRelease(out ConsensusEffect? effect))
                        {
                            actual.Add(Name(((ConsensusEffect.RequestProposal)effect!).Height.Value));
                        }

                        Drain(model, lifted, expected);
                        break;
                }
            }

            return actual.Count == expected.Count && string.Join(' ', actual) == string.Join(' ', expected);
        }));

    [Fact]
    public void A_gate_is_open_when_everything_is_durable_and_let_out()
    {
        EffectGate gate = new();
        Assert.True(gate.IsOpen);
        long first = gate.AddBarrier();
        long second = gate.AddBarrier();
        gate.Hold(new ConsensusEffect.RequestProposal(new Height(1)));
        gate.Lift(first);
        Assert.False(gate.TryRelease(out _));
        Assert.False(gate.IsOpen);
        gate.Lift(second);
        gate.Lift(first);
        Assert.True(gate.TryRelease(out _));
        Assert.False(gate.TryRelease(out _));
        Assert.True(gate.IsOpen);
    }

    private static void Drain(List<string> model, long lifted, List<string> expected)
    {
        while (model.Count > 0)
        {
            bool barrier = model[0].StartsWith("barrier", System.StringComparison.Ordinal);
            if (barrier && long.Parse(model[0][8..], CultureInfo.InvariantCulture) > lifted)
            {
                return;
            }

            if (!barrier)
            {
                expected.Add(model[0]);
            }

            model.RemoveAt(0);
        }
    }

    private static string Name(long number) => number.ToString(CultureInfo.InvariantCulture);
}
