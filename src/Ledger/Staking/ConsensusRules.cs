namespace EnergyNode.Ledger;

/// <summary>By which protocol heights are decided. Belongs to a validator set as long as that is in force.</summary>
/// <param name="Work">There under <see cref="ConsensusProtocol.Pow"/>, and only there.</param>
public sealed record ConsensusRules(ConsensusProtocol Protocol, WorkParameters? Work)
{
    /// <summary>What is wrong, for people; null when protocol and parameters fit together.</summary>
    public string? Problem() => (Protocol == ConsensusProtocol.Pow) == (Work is not null)
        ? Work?.Problem()
        : "the parameters of proof of work belong to the protocol pow, and to no other";

    public void Encode(BorshWriter writer)
    {
        writer.U8((byte)Protocol);
        writer.Option(Work is not null);
        Work?.Encode(writer);
    }

    /// <summary>Reads rules, of any size; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static ConsensusRules Decode(ref BorshReader reader) => new(
        (ConsensusProtocol)reader.Tag((byte)ConsensusProtocol.Pow),
        reader.Option() ? WorkParameters.Decode(ref reader) : null);
}
