using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Pbft;

/// <summary>Where a machine is in the sequence of views, which last over heights.</summary>
internal sealed class ViewState
{
    public View View { get; private set; } = View.Zero;

    /// <summary>Its leader may propose, and this node may vote; false from a view change to its new view.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>
    /// Up to this height the new view binds its leader, so that nothing is voted there but what it names.
    /// </summary>
    public Height BoundUntil { get; private set; }

    /// <summary>What the new view says; null when it is not known here.</summary>
    public ConsensusMessage.OpenView? NewView { get; private set; }

    /// <summary>The same as its leader signed it, to be relayed.</summary>
    public SignedMessage? Signed { get; set; }

    public ConsensusMessage.ViewChange? OwnViewChange { get; set; }

    /// <summary>Views given up since the last decision.</summary>
    public int Failures { get; set; }

    /// <summary>The new view of an open view is unknown, and still matters.</summary>
    public bool IsBlind(Height undecided) => IsOpen && NewView is null && undecided <= BoundUntil;

    /// <summary>The block that the new view binds its leader to at a height.</summary>
    public Block? BoundAt(Height height)
    {
        long at = NewView is { } opened ? height.Value - opened.Height.Value : -1;
        return at >= 0 && at < NewView!.Proof.Chosen.Count ? NewView.Proof.Chosen[(int)at].Block : null;
    }

    public void Leave(View next)
    {
        View = next;
        IsOpen = false;
        NewView = null;
        Signed = null;
        OwnViewChange = null;
    }

    public void Open(View view, Height boundUntil, ConsensusMessage.OpenView? newView)
    {
        View = view;
        IsOpen = true;
        BoundUntil = boundUntil;
        NewView = newView;
        Signed = null;
        OwnViewChange = null;
    }

    public void WriteTo(BorshWriter writer)
    {
        writer.I64(View.Value);
        writer.Bool(IsOpen);
        writer.I64(BoundUntil.Value);
        writer.Option(NewView is not null);
        writer.Bytes(NewView is null ? [] : Statement.Of(NewView));
        writer.Bool(Signed is not null);
        writer.Bytes(OwnViewChange is null ? [] : Statement.Of(OwnViewChange));
        writer.I64(Failures);
    }
}
