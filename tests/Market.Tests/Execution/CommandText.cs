using System;
using System.Globalization;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>
/// Commands as words, for tables of cases: <c>register N</c>, <c>meter M OWNER</c>, <c>grant A AGENT</c>, <c>revoke A
/// AGENT</c>, <c>deposit A 5</c>, <c>withdraw A 5</c>, <c>transfer A B 5</c>, <c>tariff RETAIL FEEDIN</c>, <c>read M
/// EPOCH USED MADE</c>, <c>bid A BOOK PRICE WH</c>, <c>ask …</c>, <c>cancel A ID</c>, <c>close EPOCH</c>,
/// <c>bond A KEY 5</c>, <c>unbond A 5</c>, <c>unjail A</c>,
/// <c>evidence CULPRIT HEIGHT VIEW good|bad</c>. A key or the
/// time in force (ioc, gtc, fok, gte, until MICROS) may follow, and <c>post</c>, <c>atleast WH</c>, <c>maker</c>,
/// <c>taker</c>, <c>both</c>; a price may be <c>market</c>. <c>replace A ID PRICE WH</c>, <c>cancelall A [BOOK]</c>.
/// More words are in <see cref="RegistryText"/>, <see
/// cref="TokenText"/>, <see cref="KeyText"/>, <see cref="SettlementText"/>, <see cref="GovernanceText"/> and <see
/// cref="BlockText"/>.
/// </summary>
internal static class CommandText
{
    public static Command Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? last = words[^1];
        return words[0] switch
        {
            "register" => new Command.RegisterUser(
                Account(words[1]), UserKind.Consumer, MarketFixture.Key(words.Length > 2 ? last : words[1])),
            "meter" => new Command.AssignMeter(
                MeterId.Parse(words[1]), Account(words[2]), MarketFixture.Key("meter-" + words[1]), 24_000, 24_000),
            "grant" => new Command.GrantAgent(Account(words[1]), Account(words[2]), true),
            "revoke" => new Command.GrantAgent(Account(words[1]), Account(words[2]), false),
            "deposit" => new Command.Deposit(Account(words[1]), new Money(Number(words[2]))),
            "withdraw" => new Command.Withdraw(Account(words[1]), new Money(Number(words[2]))),
            "transfer" => new Command.Transfer(Account(words[1]), Account(words[2]), new Grid(Number(words[3]))),
            "tariff" => new Command.SetTariff(new Price(Number(words[1])), new Price(Number(words[2]))),
            "read" => Reading(words),
            "bid" => Order(words, Side.Buy),
            "ask" => Order(words, Side.Sell),
            "cancel" => new Command.CancelOrder(Account(words[1]), new OrderId(Number(words[2]))),
            "evidence" => new Command.SubmitEvidence(
                System.Text.Encoding.ASCII.GetBytes(string.Join(' ', words[1..]))),
            "replace" => new Command.ReplaceOrder(
                Account(words[1]), new OrderId(Number(words[2])), new Price(Number(words[3])),
                new WattHours(Number(words[4]))),
            "cancelall" => new Command.CancelAll(
                Account(words[1]), words.Length > 2 ? BookId.Parse(words[2]) : null),
            "close" => MarketFixture.Close(Number(words[1])),
            "bond" => new Command.Bond(Account(words[1]), MarketFixture.Key(words[2]), new Money(Number(words[3]))),
            "unbond" => new Command.Unbond(Account(words[1]), new Money(Number(words[2]))),
            "unjail" => new Command.Unjail(Account(words[1])),
            _ => RegistryText.Parse(words) ?? TokenText.Parse(words)
                ?? KeyText.Parse(words) ?? SettlementText.Parse(words) ?? GovernanceText.Parse(words)
                ?? BlockText.Parse(words)
                ?? throw new FormatException($"'{text}' is no command"),
        };
    }

    public static long Number(string text) => text switch
    {
        "min" => long.MinValue,
        "max" => long.MaxValue,
        _ => long.Parse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture),
    };

    private static AccountId Account(string name) => AccountId.Parse(name);

    private static Command Reading(string[] words)
    {
        string key = words.Length > 5 ? words[5] : words[1];
        MeterReading signed = MeterReading.Sign(
            MarketFixture.Chain,
            MeterId.Parse(words[1]),
            new Instant(MarketFixture.FirstEpoch.Micros + (Number(words[2]) * MarketFixture.EpochLength.Micros)),
            new WattHours(Number(words[3])),
            new WattHours(Number(words[4])),
            new KeyedSigner("meter-" + key));
        return new Command.SubmitReading(signed);
    }

    private static Command Order(string[] words, Side side) => new Command.PlaceOrder(
        Account(words[1]),
        BookId.Parse(words[2]),
        side,
        Force(words),
        new Price(words[3] == "market" ? 0 : Number(words[3])),
        new WattHours(Number(words[4])))
    {
        Terms = new OrderTerms(
            words[3] == "market",
            Array.IndexOf(words, "post") > 0,
            Array.IndexOf(words, "maker") > 0 ? SelfTradePrevention.CancelMaker
                : Array.IndexOf(words, "taker") > 0 ? SelfTradePrevention.CancelTaker
                : Array.IndexOf(words, "both") > 0 ? SelfTradePrevention.CancelBoth
                : SelfTradePrevention.None,
            new WattHours(After(words, "atleast")),
            new Instant(After(words, "until"))),
    };

    private static TimeInForce Force(string[] words) =>
        Array.IndexOf(words, "gtc") > 0 ? TimeInForce.GoodTillCancelled
        : Array.IndexOf(words, "fok") > 0 ? TimeInForce.FillOrKill
        : Array.IndexOf(words, "gte") > 0 ? TimeInForce.GoodTillEpoch
        : Array.IndexOf(words, "until") > 0 ? TimeInForce.GoodTillTime
        : TimeInForce.ImmediateOrCancel;

    /// <summary>The number after a word, 0 when the word is not there.</summary>
    private static long After(string[] words, string word) =>
        Array.IndexOf(words, word) is > 0 and int index ? Number(words[index + 1]) : 0;
}
