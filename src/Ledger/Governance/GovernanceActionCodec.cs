using System;

namespace EnergyNode.Ledger;

/// <summary>Actions of the governance as Borsh enum variants. Tags are never reused.</summary>
internal static class GovernanceActionCodec
{
    private const byte SetPrice = 0;
    private const byte SetGrace = 1;
    private const byte SetEpochLength = 2;
    private const byte SetBook = 3;
    private const byte SetPause = 4;
    private const byte SetRole = 5;
    private const byte SetTerms = 6;
    private const byte UpgradeProtocol = 7;
    private const byte SetValidator = 8;
    private const byte ChangeConsensus = 9;
    private const byte SetLine = 10;
    private const byte SetDistanceFees = 11;
    private const byte SetDeviationPrices = 12;
    private const byte SetOracleTerms = 13;
    private const byte SetLossFactors = 14;

    public static void Encode(GovernanceAction action, BorshWriter writer)
    {
        switch (action)
        {
            case GovernanceAction.SetPrice a:
                writer.Tag(SetPrice);
                writer.Tag((byte)a.Price);
                writer.I64(a.Value.MicroPerKwh);
                break;
            case GovernanceAction.SetGrace a:
                writer.Tag(SetGrace);
                writer.I64(a.Grace.Micros);
                break;
            case GovernanceAction.SetEpochLength a:
                writer.Tag(SetEpochLength);
                writer.I64(a.Length.Micros);
                break;
            case GovernanceAction.SetBook a:
                writer.Tag(SetBook);
                writer.BookId(a.Book);
                a.Parameters.Encode(writer);
                break;
            case GovernanceAction.SetPause a:
                writer.Tag(SetPause);
                writer.Option(a.Book is not null);
                if (a.Book is { } book)
                {
                    writer.BookId(book);
                }

                writer.Bool(a.Paused);
                break;
            case GovernanceAction.SetRole a:
                writer.Tag(SetRole);
                writer.AccountId(a.Account);
                writer.U8((byte)a.Role);
                writer.Bool(a.Given);
                break;
            case GovernanceAction.SetTerms a:
                writer.Tag(SetTerms);
                a.Terms.Encode(writer);
                break;
            case GovernanceAction.UpgradeProtocol a:
                writer.Tag(UpgradeProtocol);
                writer.I64(a.Version);
                writer.I64(a.Height.Value);
                break;
            case GovernanceAction.SetValidator a:
                writer.Tag(SetValidator);
                writer.PublicKey(a.Key);
                writer.Label(a.Name);
                writer.I64(a.Power);
                break;
            case GovernanceAction.ChangeConsensus a:
                writer.Tag(ChangeConsensus);
                a.Rules.Encode(writer);
                writer.I64(a.Height.Value);
                break;
            case GovernanceAction.SetLine a:
                writer.Tag(SetLine);
                writer.Label(a.Zone.Name);
                a.Line.Encode(writer);
                break;
            default:
                EncodeFees(action, writer);
                break;
        }
    }

    private static void EncodeFees(GovernanceAction action, BorshWriter writer)
    {
        switch (action)
        {
            case GovernanceAction.SetDistanceFees a:
                writer.Tag(SetDistanceFees);
                new DistanceFees(a.SameFeeder, a.SameZone).Encode(writer);
                break;
            case GovernanceAction.SetDeviationPrices a:
                writer.Tag(SetDeviationPrices);
                new DeviationPrices(a.Short, a.Long).Encode(writer);
                break;
            case GovernanceAction.SetOracleTerms a:
                writer.Tag(SetOracleTerms);
                a.Terms.Encode(writer);
                break;
            case GovernanceAction.SetLossFactors a:
                writer.Tag(SetLossFactors);
                a.Factors.Encode(writer);
                break;
            default:
                throw new ArgumentException($"No encoding for {action.GetType().Name}.", nameof(action));
        }
    }

    /// <summary>Reads one action; the caller checks <see cref="BorshReader.Ok"/> before it uses the result.</summary>
    public static GovernanceAction Decode(ref BorshReader reader) => reader.Tag(SetLossFactors) switch
    {
        SetPrice => new GovernanceAction.SetPrice(
            (MarketPrice)reader.Tag((byte)MarketPrice.FeedIn), new Price(reader.I64())),
        SetGrace => new GovernanceAction.SetGrace(new Duration(reader.I64())),
        SetEpochLength => new GovernanceAction.SetEpochLength(new Duration(reader.I64())),
        SetBook => new GovernanceAction.SetBook(reader.BookId(), BookParameters.Decode(ref reader)),
        SetPause => new GovernanceAction.SetPause(reader.Option() ? reader.BookId() : null, reader.Bool()),
        SetRole => new GovernanceAction.SetRole(
            reader.AccountId(), (Role)reader.Tag((byte)Roles.All), reader.Bool()),
        SetTerms => new GovernanceAction.SetTerms(GovernanceTerms.Decode(ref reader)),
        UpgradeProtocol => new GovernanceAction.UpgradeProtocol(
            (int)reader.I64(0, int.MaxValue), new Height(reader.I64())),
        SetValidator => new GovernanceAction.SetValidator(reader.PublicKey(), reader.Label(), reader.I64()),
        ChangeConsensus => new GovernanceAction.ChangeConsensus(
            ConsensusRules.Decode(ref reader), new Height(reader.I64())),
        SetLine => new GovernanceAction.SetLine(new ZoneId(reader.Label()), GridLine.Decode(ref reader)),
        SetDistanceFees => new GovernanceAction.SetDistanceFees(new Price(reader.I64()), new Price(reader.I64())),
        SetDeviationPrices => new GovernanceAction.SetDeviationPrices(
            OptionalPrice(ref reader), OptionalPrice(ref reader)),
        SetOracleTerms => new GovernanceAction.SetOracleTerms(OracleTerms.Decode(ref reader)),
        SetLossFactors => new GovernanceAction.SetLossFactors(LossFactors.Decode(ref reader)),
        // GOV-12
        _ => Unassigned(ref reader),
    };

    /// <summary>The reader has failed afterwards; the action is none.</summary>
    private static GovernanceAction.SetGrace Unassigned(ref BorshReader reader)
    {
        reader.Fail(CodecError.InvalidTag);
        return new GovernanceAction.SetGrace(default);
    }

    private static Price? OptionalPrice(ref BorshReader reader) => reader.Option() ? new Price(reader.I64()) : null;
}
