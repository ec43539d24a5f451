namespace EnergyNode.Simulation;

/// <summary>A way in which a validator lies. Several can be mixed in one liar.</summary>
public enum Strategy
{
    /// <summary>Two blocks for one slot: one half of the others sees one of them and the votes for it.</summary>
    Equivocate,

    /// <summary>A second vote in the same slot, for another block or for none.</summary>
    DoubleVote,

    /// <summary>Forgets locks and what it prepared.</summary>
    Amnesia,

    /// <summary>Keeps votes, proposals and batches from some of the others.</summary>
    Withhold,

    /// <summary>Says everything just before the others give up waiting.</summary>
    Delay,

    /// <summary>Proposals that break a rule, batches with a bad signature, frames that are too long.</summary>
    Invalid,

    /// <summary>Sends again what it or somebody else said before.</summary>
    Replay,

    /// <summary>Sends far too much, most of it worthless.</summary>
    Flood,

    /// <summary>Never proposes certain batches and does not pass them on.</summary>
    Censor,

    /// <summary>False, forged and stale claims when views or rounds change.</summary>
    LieInViewChange,

    /// <summary>Wrong and truncated blocks for who is behind, and false heights.</summary>
    LieInSync,

    /// <summary>Tells clients results that are not true.</summary>
    LieToClients,

    /// <summary>Small changes: one round more, an old value, another sender, a flipped bit.</summary>
    Mutate,

    /// <summary>Hears everything and says nothing.</summary>
    Silent,
}
