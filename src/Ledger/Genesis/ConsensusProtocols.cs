using System;

namespace EnergyNode.Ledger;

/// <summary>The protocols as people write them, in genesis files, options and reports.</summary>
public static class ConsensusProtocols
{
    private const string Pbft = "pbft";
    private const string Pos = "pos";
    private const string Pow = "pow";

    public static string Word(this ConsensusProtocol protocol) => protocol switch
    {
        ConsensusProtocol.Pbft => Pbft,
        ConsensusProtocol.Pos => Pos,
        ConsensusProtocol.Pow => Pow,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };

    /// <summary>Takes exactly the words that <see cref="Word"/> gives.</summary>
    public static bool TryParse(string text, out ConsensusProtocol protocol)
    {
        protocol = text switch
        {
            Pos => ConsensusProtocol.Pos,
            Pow => ConsensusProtocol.Pow,
            _ => ConsensusProtocol.Pbft,
        };
        return text is Pbft or Pos or Pow;
    }
}
