using System.Collections.Generic;
using EnergyNode.Ledger;
using EnergyNode.Market.Books;

namespace EnergyNode.Market.Clearing;

/// <summary>The whole account of one clearing, which <see cref="ClearingCheck"/> re-checks.</summary>
public sealed record ClearingCertificate(
    BookId Book,
    EpochIndex Epoch,
    BookMechanism Mechanism,
    List<ClearingOrder> Orders,
    List<ClearingTrade> Trades,
    Price? Price,
    WattHours Volume)
{
    public void Encode(BorshWriter writer)
    {
        writer.BookId(Book);
        writer.I64(Epoch.Value);
        writer.Tag((byte)Mechanism);
        CertificateLists.Write(writer, Orders, static (item, to) => item.Encode(to));
        CertificateLists.Write(writer, Trades, static (item, to) => item.Encode(to));
        writer.Option(Price is not null);
        if (Price is { } price)
        {
            writer.I64(price.MicroPerKwh);
        }

        writer.I64(Volume.Wh);
    }

    /// <summary>Reads a certificate; the caller checks <see cref="BorshReader.Ok"/>.</summary>
    public static ClearingCertificate Decode(ref BorshReader reader)
    {
        BookId book = reader.BookId();
        EpochIndex epoch = new(reader.I64(0, Limits.MaxEpochs));
        BookMechanism mechanism = (BookMechanism)reader.Tag((byte)BookMechanism.PayAsBidAuction);
        List<ClearingOrder> orders = CertificateLists.Read<ClearingOrder>(
            ref reader, BookLimits.MaxRestingOrders, ClearingOrder.MinBytes, ClearingOrder.Decode);
        List<ClearingTrade> trades = CertificateLists.Read<ClearingTrade>(
            ref reader, BookLimits.MaxRestingOrders, ClearingTrade.Bytes, ClearingTrade.Decode);

        Price? price = reader.Option() ? new Price(reader.I64()) : null;
        return new ClearingCertificate(
            book, epoch, mechanism, orders, trades, price, new WattHours(reader.I64(0, long.MaxValue)));
    }
}
