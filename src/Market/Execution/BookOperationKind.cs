namespace EnergyNode.Market.Execution;

/// <summary>What a book is asked to do.</summary>
public enum BookOperationKind : byte
{
    Submit,
    Cancel,
    Replace,
    Clear,

    /// <summary>Takes off an order what it traded in a coupled clearing.</summary>
    Fill,

    /// <summary>Ends what a clearing ends, after the fills.</summary>
    EndClearing,

    /// <summary>Ends the good-till-epoch orders.</summary>
    EndEpoch,

    /// <summary>Ends the good-till-time orders that are valid until an instant or less.</summary>
    EndUntil,

    /// <summary>Asks what a block order would trade; changes nothing.</summary>
    Quote,
}
