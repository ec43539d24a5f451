using System;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Words of the registry: <c>status A suspended</c>, <c>give A ROLE</c>, <c>take A ROLE</c>, <c>zone Z</c>,
/// <c>feeder F Z WATTS</c>, <c>connect M F WATTS DIRECTION</c>, <c>rekey M KEY</c>, <c>asset A NAME KIND M WATTS</c>,
/// <c>hand A NAME B</c>, <c>mark A NAME STATUS</c>.
/// </summary>
internal static class RegistryText
{
    /// <summary>Null when the first word is none of these.</summary>
    public static Command? Parse(string[] words) => words[0] switch
    {
        "status" => new Command.SetUserStatus(Account(words[1]), Word<UserStatus>(words[2])),
        "give" => new Command.SetRole(Account(words[1]), Word<Role>(words[2]), true),
        "take" => new Command.SetRole(Account(words[1]), Word<Role>(words[2]), false),
        "zone" => new Command.RegisterZone(ZoneId.Parse(words[1])),
        "feeder" => new Command.RegisterFeeder(
            FeederId.Parse(words[1]), ZoneId.Parse(words[2]), CommandText.Number(words[3])),
        "connect" => new Command.ConnectMeter(
            MeterId.Parse(words[1]),
            FeederId.Parse(words[2]),
            CommandText.Number(words[3]),
            Word<MeterDirection>(words[4])),
        "rekey" => new Command.ReplaceMeterKey(MeterId.Parse(words[1]), MarketFixture.Key("meter-" + words[2])),
        "asset" => new Command.CreateAsset(
            Account(words[1]),
            AssetId.Parse(words[2]),
            Word<AssetKind>(words[3]),
            MeterId.Parse(words[4]),
            CommandText.Number(words[5])),
        "hand" => new Command.TransferAsset(Account(words[1]), AssetId.Parse(words[2]), Account(words[3])),
        "mark" => new Command.SetAssetStatus(
            Account(words[1]), AssetId.Parse(words[2]), Word<AssetStatus>(words[3])),
        "certify" => new Command.IssueCertificates(
            MeterId.Parse(words[1]), new EpochIndex(CommandText.Number(words[2]))),
        "split" => new Command.SplitCertificates(
            Account(words[1]), Bundle(words[2]), new WattHours(CommandText.Number(words[3]))),
        "pass" => new Command.TransferCertificates(Account(words[1]), Bundle(words[2]), Account(words[3])),
        "retire" => new Command.RetireCertificates(
            Account(words[1]),
            Bundle(words[2]),
            Account(words[3]),
            new EpochIndex(CommandText.Number(words[4])),
            new EpochIndex(CommandText.Number(words[5]))),
        _ => null,
    };

    private static RecId Bundle(string number) => new(CommandText.Number(number));

    private static AccountId Account(string name) => AccountId.Parse(name);

    private static T Word<T>(string text)
        where T : struct, Enum => Enum.Parse<T>(text, ignoreCase: true);
}
