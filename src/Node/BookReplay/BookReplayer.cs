using System;
using System.IO;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Node.BookReplay;

/// <summary>Runs one continuous book on lines of requests, an answer for each (docs/book-replay.md).</summary>
internal sealed class BookReplayer
{
    private readonly BookEventBuffer _events = new();
    private OrderBook _book = new(BookMechanism.Continuous);

    public void Run(Stream input, Stream output)
    {
        ReplayLineReader lines = new(input);
        using ReplayAnswers answers = new(output);
        while (lines.TryRead(out ReadOnlySpan<byte> line, out bool tooLong))
        {
            ReplayRequest request = default;
            string? reason = tooLong ? ReplayReasons.LineTooLong : ReplayLineParser.Parse(line, out request);
            if (reason is null)
            {
                Answer(request, answers);
            }
            else
            {
                answers.Reject(reason);
            }
        }

        answers.Flush();
    }

    private void Answer(in ReplayRequest request, ReplayAnswers answers)
    {
        _events.Clear();
        BookRefusal refusal = BookRefusal.None;
        switch (request.Operation)
        {
            case ReplayOperation.Add:
                refusal = _book.Submit(request.Order, _events);
                break;
            case ReplayOperation.Cancel:
                refusal = _book.Cancel(request.Order.Id, _events);
                break;
            case ReplayOperation.Replace:
                refusal = _book.Replace(request.Order.Id, request.Order.Price, request.Order.Quantity, _events);
                break;
            case ReplayOperation.Book:
                answers.WriteBook(_book);
                return;
            case ReplayOperation.Reset:
                _book = new OrderBook(BookMechanism.Continuous);
                break;
            default:
                throw new InvalidOperationException($"Unknown operation {request.Operation}.");
        }

        if (refusal == BookRefusal.None)
        {
            answers.Accept(_events);
        }
        else
        {
            answers.Reject(ReplayReasons.Of(refusal));
        }
    }
}
