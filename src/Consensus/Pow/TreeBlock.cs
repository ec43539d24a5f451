using System;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pow;

/// <summary>A block above the last final one, whose work and place are checked.</summary>
/// <param name="signed">The miner's message, to be passed on.</param>
/// <param name="below">Null when its parent is the last final block.</param>
/// <param name="work">Of all blocks up to this one, counted from where the machine began.</param>
internal sealed class TreeBlock(SignedMessage signed, ConsensusMessage.Mined mined, TreeBlock? below, UInt128 work)
{
    public SignedMessage Signed => signed;

    public Block Block => mined.Block;

    public Hash32 Hash => mined.Block.Hash;

    public Height Height => mined.Height;

    public TreeBlock? Below { get; private set; } = below;

    public UInt128 Work => work;

    public WorkSeal Seal => new(mined.Difficulty, mined.Nonce, signed.Signature);

    public FinalBlock Point => new(mined.Height, mined.Block.Hash, mined.Block.Header.Time, mined.Difficulty);

    /// <summary>Its batches are here.</summary>
    public bool IsHeld { get; set; }

    /// <summary>It and all blocks below it are held: it may be mined upon.</summary>
    public bool IsUsable { get; set; }

    /// <summary>Whom its batches were asked from last.</summary>
    public ValidatorIndex AskedFrom { get; set; } = signed.Sender;

    /// <summary>The block below has become final.</summary>
    public void Uproot() => Below = null;

    /// <summary>Itself or one above it.</summary>
    public bool Reaches(TreeBlock ancestor)
    {
        TreeBlock? at = this;
        while (at is not null && at.Height > ancestor.Height)
        {
            at = at.Below;
        }

        return at == ancestor;
    }
}
