namespace EnergyNode.Market.Execution;

/// <summary>What a book is asked to do.</summary>
public enum BookOperationKind : byte
{
    Submit,
    Cancel,
    Clear,
}
