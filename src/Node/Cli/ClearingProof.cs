using System;
using System.Globalization;
using System.Text.Json.Nodes;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;

namespace EnergyNode.Node.Cli;

/// <summary>A file about a clearing: of one book, or of coupled ones.</summary>
internal sealed class ClearingProof
{
    private readonly ClearingFile? _single;
    private readonly CouplingFile? _coupled;

    private ClearingProof(ClearingFile? single, CouplingFile? coupled) => (_single, _coupled) = (single, coupled);

    public ChainId Chain => _single?.Chain ?? _coupled!.Chain;

    public Height Height => _single?.Height ?? _coupled!.Height;

    public Hash32 StateRoot => _single?.StateRoot ?? _coupled!.StateRoot;

    /// <summary>What it is about, in a line for people.</summary>
    public string Summary => _single is { Certificate: { } one }
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"book {one.Book}, epoch {one.Epoch}: {one.Orders.Count} orders, {one.Trades.Count} trades, {one.Volume}, ")
            + $"price {one.Price?.ToString() ?? "none"}"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"coupled {Quality} books, epoch {Coupled.Key.Epoch}, delivery {Coupled.Key.Delivery}: ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{Coupled.Nodes.Count} nodes, {Coupled.Orders.Count} orders, {Coupled.Trades.Count} trades, ")
            + $"{Coupled.Volume}, rent {Coupled.Rent}";

    private CouplingCertificate Coupled => _coupled!.Certificate;

    private string Quality => Coupled.Key.Quality.ToString().ToLowerInvariant();

    public static ClearingProof Of(
        ChainId chain, Height height, Hash32 root, LedgerState state, ClearingCertificate certificate) => new(
            new ClearingFile(
                chain,
                height,
                root,
                state.Prove(ClearingFile.LeafKey(certificate.Book, certificate.Epoch)),
                certificate),
            null);

    public static ClearingProof Of(
        ChainId chain, Height height, Hash32 root, LedgerState state, CouplingCertificate certificate) => new(
            null,
            new CouplingFile(
                chain, height, root, state.Prove(CouplingFile.LeafKey(certificate.Key)), certificate));

    /// <returns>Null when the bytes are neither.</returns>
    public static ClearingProof? Read(ReadOnlySpan<byte> bytes, out CodecError error)
    {
        BorshReader reader = new(bytes);
        bool isCoupled = reader.U16() == CouplingFile.Version;
        reader = new BorshReader(bytes);
        ClearingProof proof = isCoupled
            ? new ClearingProof(null, CouplingFile.Decode(ref reader))
            : new ClearingProof(ClearingFile.Decode(ref reader), null);
        bool complete = reader.End();
        error = reader.Error;
        return complete ? proof : null;
    }

    public byte[] ToArray()
    {
        BorshWriter writer = new();
        _single?.Encode(writer);
        _coupled?.Encode(writer);
        return writer.ToArray();
    }

    /// <returns>What is wrong, for people; null when all is as it must be.</returns>
    public string? Problem() => _single is not null ? _single.Problem() : _coupled!.Problem();

    public void Describe(JsonObject json)
    {
        json["chain"] = Chain.ToString();
        if (_single is { Certificate: { } one })
        {
            json["book"] = one.Book.ToString();
            json["epoch"] = one.Epoch.Value;
            json["orders"] = one.Orders.Count;
            json["trades"] = one.Trades.Count;
            json["volumeWh"] = one.Volume.Wh;
            json["priceMicroPerKwh"] = one.Price?.MicroPerKwh;
        }
        else
        {
            json["quality"] = Quality;
            json["epoch"] = Coupled.Key.Epoch.Value;
            json["deliveryEpoch"] = Coupled.Key.Delivery.Value;
            json["orders"] = Coupled.Orders.Count;
            json["trades"] = Coupled.Trades.Count;
            json["volumeWh"] = Coupled.Volume.Wh;
            json["rentMicro"] = Coupled.Rent.Micro;
            json["nodes"] = Nodes();
        }

        json["height"] = Height.Value;
        json["stateRoot"] = StateRoot.ToString();
    }

    private JsonArray Nodes()
    {
        JsonArray nodes = [];
        foreach (CouplingNode node in Coupled.Nodes)
        {
            nodes.Add(new JsonObject
            {
                ["zone"] = node.Place.Zone.ToString(),
                ["feeder"] = node.Place.Feeder?.ToString(),
                ["exportWh"] = node.Result.Net.Wh,
                ["mostExportWh"] = node.Place.MostExport.Wh,
                ["mostImportWh"] = node.Place.MostImport.Wh,
                ["priceMicroPerKwh"] = node.Result.Price?.MicroPerKwh,
            });
        }

        return nodes;
    }
}
