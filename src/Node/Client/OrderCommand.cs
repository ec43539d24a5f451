using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using EnergyNode.Ledger;
using Command = System.CommandLine.Command;
using LedgerCommand = EnergyNode.Ledger.Command;

namespace EnergyNode.Node.Client;

/// <summary><c>energynode order</c>: orders of an account, docs/spec/ledger.md.</summary>
internal static class OrderCommand
{
    private static readonly (string Name, string Help, string? Default)[] BlockWords =
    [
        ("--side", "buy or sell", null),
        ("--first", "the first epoch of delivery", null),
        ("--epochs", "how many in a row, 2 to 96", null),
        ("--quantity", "Wh in each epoch", null),
        ("--limit", "micro-units per kWh on average over all epochs; for a buyer all-in", null),
        ("--zone", "that its books name", BookParameters.Default.Zone.ToString()),
        ("--quality", "grid, solar, wind or storage, as its books name it", "grid"),
    ];

    public static Command Build() => new("order", "Places orders.") { Block() };

    /// <exception cref="Cli.CommandFailedException">A word is wrong.</exception>
    internal static Func<AccountId, Instant, ClientRequest> ToPlaceBlock(Words words)
    {
        long epochs = words.Number("--epochs", 2, Limits.MaxBlockOrderEpochs);
        EpochIndex first = new(words.Number("--first", 0, Limits.MaxEpochs));
        Label zone = words.Label("--zone");
        EnergyQuality quality = words.Word<EnergyQuality>("--quality", "write grid, solar, wind or storage");
        Side side = words.Word<Side>("--side", "write buy or sell");
        Price limit = new(words.Number("--limit", -Limits.MaxPriceMicroPerKwh, Limits.MaxPriceMicroPerKwh));
        WattHours quantity = new(words.Number("--quantity", 1, Limits.MaxEnergyWh));
        return (account, _) => new ClientRequest(
            new LedgerCommand.PlaceBlockOrder(account, zone, quality, side, first, epochs, limit, quantity),
            "firstOrder",
            id => string.Create(
                CultureInfo.InvariantCulture,
                $"traded {quantity.Wh} Wh in each of epochs {first} to {first.Value + epochs - 1}, ")
                + string.Create(CultureInfo.InvariantCulture, $"orders {id} to {id + epochs - 1}"));
    }

    private static Command Block()
    {
        List<Option<string?>> options =
        [
            .. BlockWords.Select(static word => new Option<string?>(word.Name)
            {
                Description = word.Help,
                Required = word.Default is null,
                DefaultValueFactory = word.Default is null ? null : _ => word.Default,
            }),
        ];
        Command block = new(
            "block",
            "Trades the same quantity in each of several epochs in a row at once, or nothing at all.\n\n"
            + "Example: energynode order block --side buy --first 40 --epochs 4 --quantity 500 --limit 180000 "
            + "--keys net --account alice");
        options.ForEach(block.Options.Add);
        return ClientCommand.Build(block, parsed => ToPlaceBlock(new Words(
            options.ToDictionary(static option => option.Name, parsed.GetValue, StringComparer.Ordinal))));
    }
}
