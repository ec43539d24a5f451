namespace EnergyNode.Pbm;

/// <summary>What an argument's value is.</summary>
internal enum ArgumentKind
{
    Text,
    Number,
    Flag,
}
