using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Thinks of what makes a validator faulty for good, and of pauses. Faulty is who lies, has lost its storage, or is cut
/// off: with the liars at most f, as beyond that nobody promises liveness. A stream of chance of its own, so that it
/// does not change the weather.
/// </summary>
internal static class DamagePlanner
{
    private const int PausePermille = 300;
    private const int DamagePermille = 250;
    private const int MostPauseMillis = 4_000;

    public static void Add(List<FaultEvent> timeline, SimulationOptions options, IReadOnlyList<LiarPlan> liars)
    {
        Dice dice = new(options.Seed, "damage");
        bool network = options.Kinds.HasFlag(FaultKinds.Network);
        bool storage = options.Kinds.HasFlag(FaultKinds.Disk);
        bool pow = options.Uses(ConsensusProtocol.Pow);
        if (network && dice.Chance(PausePermille))
        {
            int node = dice.Chance(300) ? FaultEvent.Leader : dice.Between(0, options.Validators - 1);
            int most = pow ? FaultPlanner.MostPowMillis : MostPauseMillis;
            timeline.Add(new FaultEvent.Pause(
                Somewhere(dice, options), node, Duration.FromMillis(dice.Between(200, most))));
        }

        // While validators come and go a set may be as small as tolerates nobody.
        int budget = options.Joiners > 0 ? 0 : ((options.Validators - 1) / 3) - liars.Count;
        foreach (int victim in Victims(dice, options.Validators, liars))
        {
            if (budget > 0 && dice.Chance(DamagePermille))
            {
                budget--;
                bool isCut = network && !pow && (!storage || dice.Chance(300));
                Damage(timeline, dice, options, victim, isCut, storage);
            }
        }
    }

    private static void Damage(
        List<FaultEvent> timeline, Dice dice, SimulationOptions options, int victim, bool isCut, bool storage)
    {
        Duration at = Somewhere(dice, options);
        if (isCut)
        {
            int to = (victim + dice.Between(1, options.Validators - 1)) % options.Validators;
            timeline.Add(new FaultEvent.CutOneWay(at, victim, to, IsPermanent: true));
            return;
        }

        if (!storage)
        {
            return;
        }

        switch (dice.Between(0, 3))
        {
            case 0:
                timeline.Add(new FaultEvent.FillDisk(at, victim));
                return;
            case 1:
                timeline.Add(new FaultEvent.RotDisk(at, victim));
                break;
            case 2:
                timeline.Add(new FaultEvent.MisdirectWrite(at, victim));
                break;
            default:
                timeline.Add(new FaultEvent.Wipe(at, victim));
                break;
        }

        Duration down = Duration.FromMillis(dice.Between(50, 3_000));
        timeline.Add(new FaultEvent.Restart(new Duration(at.Micros + down.Micros), victim));
    }

    private static List<int> Victims(Dice dice, int nodes, IReadOnlyList<LiarPlan> liars)
    {
        int[] order = FaultPlanner.Order(dice, nodes);
        HashSet<int> lying = [];
        foreach (LiarPlan liar in liars)
        {
            lying.Add(liar.Node);
        }

        List<int> victims = [.. order];
        victims.RemoveAll(lying.Contains);
        return victims;
    }

    private static Duration Somewhere(Dice dice, SimulationOptions options) =>
        new(options.Duration.Micros / 1_000 * dice.Between(100, 800));
}
