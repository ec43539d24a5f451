using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using EnergyNode.Market.Tests.Books;

namespace EnergyNode.Market.Tests.Execution.Naive;

/// <summary>Random batches: mostly plausible, sometimes wrong in one of the ways that the rules know.</summary>
internal sealed class RandomBlocks(ulong seed)
{
    private static readonly string[] Traders = ["A", "B", "C", "D", "utility", "grid"];
    private static readonly string[] Others = ["A", "B", "C", "D", "utility", "grid", "gateway", "N", "nobody"];
    private readonly Xorshift _random = new((seed * 0x9E37_79B9) + 0x1234_5678_9ABC);
    private readonly Dictionary<string, long> _nonces = [];

    /// <summary>Batches for one block.</summary>
    /// <param name="until">Later than the block's time by less than a minute.</param>
    public List<SignedBatch> Next(NaiveState state, Instant until)
    {
        List<SignedBatch> batches = [];
        for (long count = _random.Between(0, 4); count > 0; count--)
        {
            string signer = _random.Below(3) == 0 ? Pick(Others) : "gateway";
            Command[] commands =
                [.. Enumerable.Range(0, (int)_random.Between(1, 7)).Select(_ => Command(state, signer))];
            batches.Add(Batch(signer, until, commands));
        }

        return [.. batches.DistinctBy(batch => batch.Hash)];
    }

    public long Below(long bound) => _random.Below(bound);

    public string Pick(IReadOnlyList<string> from) => from[(int)_random.Below(from.Count)];

    private SignedBatch Batch(string signer, Instant until, Command[] commands)
    {
        long last = _nonces.GetValueOrDefault(signer);
        long nonce = _random.Below(20) switch
        {
            0 => System.Math.Max(1, last - _random.Below(4)),
            1 => last + _random.Between(2, 5),
            2 when _random.Below(20) == 0 => last + 1_025,
            _ => last + 1,
        };
        _nonces[signer] = nonce > last + 1_024 ? last : System.Math.Max(last, nonce);
        BatchFlags flags = (_random.Below(4) == 0 ? BatchFlags.Atomic : 0)
            | (_random.Below(8) == 0 ? BatchFlags.InOrder : 0);
        long shift = _random.Below(60) switch { 0 => -120_000_000, 1 => 3_700_000_000, _ => 0 };
        return MarketFixture.SignUntil(signer, flags, nonce, until.Plus(new Duration(shift)), commands);
    }

    private Command Command(NaiveState state, string signer)
    {
        string epoch = state.Totals[0].ToString(CultureInfo.InvariantCulture);
        string home = _random.Below(12) == 0 ? Pick(Others) : Pick(Traders);
        string from = _random.Below(3) == 0 ? Pick(Others) : signer == "gateway" ? home : signer;
        string order = Number(1 + _random.Below((long)state.Totals[13] + 2));
        string text = _random.Below(29) switch
        {
            24 or 25 or 26 => Replace(state, order),
            27 => $"cancelall {home}{Pick(["", " " + BookName()])}",
            0 => $"register {Pick(Others)} {Pick(Others)}",
            1 => $"meter {Pick(["M", "A"])} {Pick(Others)}",
            2 => $"grant {Pick(Others)} {Pick(Others)}",
            3 when _random.Below(4) == 0 => $"revoke {Pick(Others)} {Pick(Others)}",
            4 => $"deposit {home} {Odd(_random.Below(100_000))}",
            5 => $"withdraw {home} {Odd(_random.Below(100_000))}",
            6 or 28 => $"transfer {from} {Pick(Others)} {Odd(_random.Below(90_000_000))}",
            7 => $"tariff {Odd(_random.Between(100_000, 400_000))} {Odd(_random.Below(90_000))}",
            8 or 9 or 10 or 11 => $"read {Pick(["A", "B", "C", "D", "M"])} {Epoch(epoch)} {Energy()} {Energy()}{Key()}",
            12 or 13 or 14 or 15 => $"bid {home} {BookName()} {Odd(_random.Between(5_000, 120_000))} {Wh()}{Stay()}",
            16 or 17 or 18 or 19 => $"ask {home} {BookName()} {Odd(_random.Below(110_000))} {Wh()}{Stay()}",
            20 or 21 => Cancel(state, order),
            _ => $"close {Epoch(epoch)}",
        };
        return CommandText.Parse(text);
    }

    private string Cancel(NaiveState state, string order)
    {
        NaiveOrder? open = state.Orders.Count > 0 ? state.Orders[(int)_random.Below(state.Orders.Count)] : null;
        return open is null || _random.Below(5) == 0
            ? $"cancel {Pick(Others)} {order}"
            : $"cancel {open.Owner} {Number(open.Id)}";
    }

    private string Replace(NaiveState state, string order)
    {
        NaiveOrder? open = state.Orders.Count > 0 ? state.Orders[(int)_random.Below(state.Orders.Count)] : null;
        string limit = open is not null && _random.Below(2) == 0
            ? open.Limit.ToString(CultureInfo.InvariantCulture)
            : Odd(_random.Between(5_000, 120_000));
        return open is null || _random.Below(6) == 0
            ? $"replace {Pick(Others)} {order} {limit} {Wh()}"
            : $"replace {open.Owner} {Number(open.Id)} {limit} {Wh()}";
    }

    private string Epoch(string open) =>
        _random.Below(15) == 0 ? Number(_random.Below(6) - 1) : open;

    private string Energy() =>
        Number(_random.Below(40) switch { 0 => 6_001, 1 => 6_000, < 12 => 0, _ => _random.Below(900) });

    private string Wh() => Odd(_random.Between(1, 400));

    private string Stay() => _random.Below(2) == 0 ? " gtc" : "";

    private string Key() => _random.Below(30) == 0 ? " B" : "";

    private string BookName() => _random.Below(30) == 0 ? "nowhere" : Pick(["home-spot", "other-spot"]);

    private string Odd(long value) => _random.Below(50) switch
    {
        0 => "0",
        1 => "-1",
        2 => Pick(["min", "max", "1000000001", "1000000000000001"]),
        _ => Number(value),
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
