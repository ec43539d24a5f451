using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>What a timer is for. At most one of each kind runs at a time.</summary>
public enum TimeoutKind
{
    /// <summary>The view must decide before it: else change the view.</summary>
    View,

    /// <summary>Say again what was said, in case it was lost.</summary>
    Resend,

    /// <summary>Nothing waits: sign the checkpoint of the last height and say where this node stands.</summary>
    Idle,

    /// <summary>PoS: the proposal of the round must come before it, else prevote nil.</summary>
    Propose,

    /// <summary>PoS: a quorum prevoted, and not for one block: else precommit nil.</summary>
    Prevote,

    /// <summary>PoS: a quorum precommitted, and not for one block: begin the next round.</summary>
    Precommit,

    /// <summary>PoW: renew the block that is being mined, with the clock's time and what waits by now.</summary>
    Template,
}

/// <summary>A timer's identity; a timer of another height or view is stale.</summary>
public readonly record struct TimeoutId(TimeoutKind Kind, Height Height, View View);
