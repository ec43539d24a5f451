using System.CommandLine;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Cli;

/// <summary>The option that names a consensus protocol; PBFT when it is not given.</summary>
internal static class ConsensusChoice
{
    public static Option<string> Create(string name)
    {
        Option<string> option = new(name)
        {
            Description = "how validators agree: pbft (one vote each), pos (votes weigh what is at stake) "
                + "or pow (proof of work)",
            DefaultValueFactory = _ => ConsensusProtocol.Pbft.Word(),
        };
        option.AcceptOnlyFromAmong(
            ConsensusProtocol.Pbft.Word(), ConsensusProtocol.Pos.Word(), ConsensusProtocol.Pow.Word());
        return option;
    }

    public static ConsensusProtocol Read(ParseResult parsed, Option<string> option) =>
        ConsensusProtocols.TryParse(parsed.GetValue(option)!, out ConsensusProtocol protocol)
            ? protocol
            : throw new CommandFailedException(
                ExitCodes.Usage, $"{option.Name} '{parsed.GetValue(option)}' is not known; choose pbft, pos or pow");
}
