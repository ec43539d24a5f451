namespace EnergyNode.Node.Neighbours;

/// <summary>A car's day at its charger; quarters of an hour are counted from midnight UTC.</summary>
/// <param name="Arrives">The first quarter in which it is plugged in.</param>
/// <param name="Leaves">The first one in which it is not, later on the same UTC day.</param>
/// <param name="BuysAhead">Whether it charges what was bought ahead, else at once when it arrives.</param>
internal sealed record ChargerPlan(int Arrives, int Leaves, bool BuysAhead)
{
    public bool IsPlugged(int quarterOfDay) => quarterOfDay >= Arrives && quarterOfDay < Leaves;
}
