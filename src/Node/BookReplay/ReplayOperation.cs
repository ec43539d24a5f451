namespace EnergyNode.Node.BookReplay;

/// <summary>What a line asks for: the value of <c>op</c>.</summary>
internal enum ReplayOperation
{
    Add,
    Cancel,
    Replace,
    Book,
    Reset,
}
