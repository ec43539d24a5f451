namespace EnergyNode.Ledger;

/// <summary>What <see cref="LedgerState"/> does with every table alike, whatever its rows are.</summary>
public abstract class StateTable
{
    private protected StateTable(byte prefix) => Prefix = prefix;

    /// <summary>The first byte of the keys of its leaves, see <see cref="StateTables"/>.</summary>
    public byte Prefix { get; }

    /// <summary>From here on every change can be undone, until <see cref="EndScope"/>.</summary>
    internal abstract void BeginScope();

    /// <param name="keep">False takes all changes since <see cref="BeginScope"/> back.</param>
    internal abstract void EndScope(bool keep);

    /// <summary>Writes what changed since the last call into the map, in key order.</summary>
    internal abstract void Flush(StateMap map, BorshWriter keyScratch, BorshWriter valueScratch);
}
