using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Who validates at present, seen from one node. It follows the chain's head.</summary>
internal sealed class Membership
{
    private readonly List<PublicKey> _others = [];

    public Membership(PublicKey self, ValidatorSet set)
    {
        Self = self;
        Set = set;
        Update(set);
    }

    /// <summary>This node's key.</summary>
    public PublicKey Self { get; }

    public ValidatorSet Set { get; private set; }

    public bool IsValidator { get; private set; }

    /// <summary>In the order of the validator set.</summary>
    public IReadOnlyList<PublicKey> Others => _others;

    /// <summary>How many validators come before this one, from the one on that a hash picks.</summary>
    public int TurnOf(Hash32 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        hash.CopyTo(bytes);
        int first = (int)(BinaryPrimitives.ReadUInt64BigEndian(bytes) % (ulong)Set.Count);
        int place = Set.IndexOf(Self)?.Value ?? 0;
        return (place - first + Set.Count) % Set.Count;
    }

    /// <summary>The set of the next height.</summary>
    public void Update(ValidatorSet set)
    {
        if (set == Set && (_others.Count > 0 || IsValidator))
        {
            return;
        }

        Set = set;
        IsValidator = set.IndexOf(Self) is not null;
        _others.Clear();
        foreach (Validator validator in set.Validators)
        {
            if (validator.Key != Self)
            {
                _others.Add(validator.Key);
            }
        }
    }
}
