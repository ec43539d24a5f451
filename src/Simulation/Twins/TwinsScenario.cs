using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation.Twins;

/// <summary>For each round a partition and a leader, as one number that can be written down.</summary>
/// <param name="Code">
/// The choices of the rounds as digits to the base <see cref="TwinsOptions.Choices"/>, the first round lowest.
/// </param>
public readonly record struct TwinsScenario(ulong Code)
{
    /// <summary>The choice of one round: partition × validators + leader.</summary>
    public int Choice(TwinsOptions options, int round)
    {
        ulong rest = Code;
        for (int i = 0; i < round; i++)
        {
            rest /= (ulong)options.Choices;
        }

        return (int)(rest % (ulong)options.Choices);
    }

    public ValidatorIndex Leader(TwinsOptions options, int round) => new(Choice(options, round) % options.Validators);

    /// <summary>Bit r − 1 says in which part replica r is; replica 0 is always in part 0.</summary>
    public int Partition(TwinsOptions options, int round) => Choice(options, round) / options.Validators;

    /// <summary>Whether two replicas hear each other in a round of a partition.</summary>
    public static bool Joins(int partition, int a, int b) =>
        (((partition << 1) >> a) & 1) == (((partition << 1) >> b) & 1);

    public override string ToString() => Code.ToString(CultureInfo.InvariantCulture);
}
