using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>
/// Whether promises of another protocol may have been lost. Nothing that is signed here excludes anything, so it keeps
/// nobody from mining; but the protocol that comes next must know.
/// </summary>
public sealed partial class PowMachine
{
    /// <summary>What this storage's owner has mined and is not final; empty without a doubt.</summary>
    private readonly SortedDictionary<Hash32, Height> _mined = [];
    private Doubt? _doubt;

    private void NoteOwn(Block block)
    {
        if (_doubt is not null)
        {
            _mined.TryAdd(block.Hash, block.Height);
        }
    }

    private void EndDoubt(FinalBlock final)
    {
        // SWITCH-8
        if (_doubt is null)
        {
            return;
        }

        bool isPast = !_doubt.IsUnknown && final.Height >= _doubt.Until;
        _doubt = isPast || _mined.ContainsKey(final.Hash) ? null : _doubt;
        List<Hash32> past = [];
        foreach ((Hash32 hash, Height height) in _mined)
        {
            if (_doubt is null || height <= final.Height)
            {
                past.Add(hash);
            }
        }

        past.ForEach(hash => _mined.Remove(hash));
    }

    private void WriteDoubt(BorshWriter writer)
    {
        writer.I64(_doubt?.Told.Value ?? -1);
        writer.I64(_doubt?.Window ?? -1);
        foreach ((Hash32 hash, Height height) in _mined)
        {
            writer.Hash32(hash);
            writer.I64(height.Value);
        }
    }
}
