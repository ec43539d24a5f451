using System;
using System.Buffers;
using System.IO;
using System.Text.Json;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Node.BookReplay;

/// <summary>Writes answers as lines of JSON. Call <see cref="Flush"/> at the end.</summary>
internal sealed class ReplayAnswers : IDisposable
{
    private readonly ArrayBufferWriter<byte> _pending = new(ReplayLimits.WriteBytes * 2);
    private readonly Stream _output;
    private readonly Utf8JsonWriter _json;

    public ReplayAnswers(Stream output)
    {
        _output = output;
        _json = new Utf8JsonWriter(_pending);
    }

    public void Accept(BookEventBuffer events) => WriteResult("ok", null, events.AsSpan());

    public void Reject(string reason) => WriteResult("rejected", reason, []);

    public void WriteBook(OrderBook book)
    {
        _json.WriteStartObject();
        WriteSide("bids", book, Side.Buy);
        WriteSide("asks", book, Side.Sell);
        EndLine();
    }

    public void Flush()
    {
        _output.Write(_pending.WrittenSpan);
        _pending.ResetWrittenCount();
        _output.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void WriteResult(string result, string? reason, ReadOnlySpan<BookEvent> events)
    {
        _json.WriteStartObject();
        _json.WriteString("result", result);
        _json.WriteString("reason", reason);
        _json.WriteStartArray("events");
        foreach (ref readonly BookEvent item in events)
        {
            WriteEvent(item);
        }

        _json.WriteEndArray();
        EndLine();
    }

    /// <summary>The result says what was accepted or replaced; every other end of an order is "cancelled".</summary>
    private void WriteEvent(in BookEvent item)
    {
        switch (item.Kind)
        {
            case BookEventKind.Trade:
                _json.WriteStartObject();
                _json.WriteString("ev", "trade");
                _json.WriteNumber("taker", item.Order.Value);
                _json.WriteNumber("maker", item.Counter.Value);
                _json.WriteNumber("price", item.Price.MicroPerKwh);
                _json.WriteNumber("qty", item.Quantity.Wh);
                _json.WriteEndObject();
                break;
            case BookEventKind.Cancelled or BookEventKind.Expired or BookEventKind.Prevented:
                _json.WriteStartObject();
                _json.WriteString("ev", "cancelled");
                _json.WriteNumber("id", item.Order.Value);
                _json.WriteNumber("remaining", item.Quantity.Wh);
                _json.WriteEndObject();
                break;
            default:
                break;
        }
    }

    private void WriteSide(string name, OrderBook book, Side side)
    {
        _json.WriteStartArray(name);
        foreach (BookOrder order in book.Orders(side))
        {
            _json.WriteStartArray();
            _json.WriteNumberValue(order.Id.Value);
            _json.WriteNumberValue(order.Price.MicroPerKwh);
            _json.WriteNumberValue(order.Quantity.Wh);
            _json.WriteEndArray();
            HandOver();
        }

        _json.WriteEndArray();
    }

    private void EndLine()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _pending.Write("\n"u8);
        HandOver();
    }

    private void HandOver()
    {
        if (_json.BytesPending >= ReplayLimits.WriteBytes)
        {
            _json.Flush();
        }

        if (_pending.WrittenCount >= ReplayLimits.WriteBytes)
        {
            _output.Write(_pending.WrittenSpan);
            _pending.ResetWrittenCount();
        }
    }
}
