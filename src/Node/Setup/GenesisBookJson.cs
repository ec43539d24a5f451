using System.Text.Json;
using EnergyNode.Ledger;

namespace EnergyNode.Node.Setup;

/// <summary>
/// An order book in a genesis file: its name alone stands for the default parameters, an object says all of them.
/// </summary>
internal static class GenesisBookJson
{
    public const string Form = "write the name of a book, or an object with all of its parameters";

    public static bool TryParse(string text, out GenesisBook book)
    {
        bool valid = BookId.TryParse(text, out BookId name);
        book = GenesisBook.FromBookId(name);
        return valid;
    }

    public static GenesisBook Read(JsonFields fields)
    {
        BookId name = fields.Parsed<BookId>("book", BookId.TryParse, GenesisReader.NameForm);
        BookParameters parameters = new(
            fields.Parsed<BookMechanism>(
                "mechanism", GenesisReader.TryParseWord, "write continuous, callAuction or payAsBidAuction"),
            Price(fields, "tickMicroPerKwh"),
            new WattHours(fields.Integer("lotWh", 1, Limits.MaxEnergyWh)),
            Price(fields, "floorMicroPerKwh"),
            Price(fields, "capMicroPerKwh"),
            fields.Parsed<Label>("zone", Label.TryParse, GenesisReader.NameForm),
            fields.Parsed<EnergyQuality>(
                "quality", GenesisReader.TryParseWord, "write grid, solar, wind or storage"),
            fields.Flag("open"),
            fields.ObjectOrNull("forward") is { } forward ? ReadForward(forward) : null);
        fields.End();
        return new GenesisBook(name, parameters);
    }

    public static void Write(Utf8JsonWriter json, GenesisBook book)
    {
        BookParameters parameters = book.Parameters;
        if (parameters == BookParameters.Default)
        {
            json.WriteStringValue(book.Book.ToString());
            return;
        }

        json.WriteStartObject();
        json.WriteString("book", book.Book.ToString());
        json.WriteString("mechanism", GenesisReader.Word(parameters.Mechanism));
        json.WriteNumber("tickMicroPerKwh", parameters.Tick.MicroPerKwh);
        json.WriteNumber("lotWh", parameters.Lot.Wh);
        json.WriteNumber("floorMicroPerKwh", parameters.Floor.MicroPerKwh);
        json.WriteNumber("capMicroPerKwh", parameters.Cap.MicroPerKwh);
        json.WriteString("zone", parameters.Zone.ToString());
        json.WriteString("quality", GenesisReader.Word(parameters.Quality));
        json.WriteBoolean("open", parameters.IsOpen);
        json.WritePropertyName("forward");
        if (parameters.Forward is { } forward)
        {
            json.WriteStartObject();
            json.WriteNumber("deliveryEpoch", forward.Delivery.Value);
            json.WriteNumber("gateEpochs", forward.GateEpochs);
            json.WriteNumber("cycleEpochs", forward.Cycle);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static ForwardTerms ReadForward(JsonFields fields)
    {
        ForwardTerms terms = new(
            new EpochIndex(fields.Integer("deliveryEpoch", 0, Limits.MaxEpochs)),
            fields.Integer("gateEpochs", 0, Limits.MaxForwardEpochs),
            fields.Integer("cycleEpochs", 0, Limits.MaxForwardEpochs));
        fields.End();
        return terms;
    }

    private static Price Price(JsonFields fields, string name) =>
        new(fields.Integer(name, -Limits.MaxPriceMicroPerKwh, Limits.MaxPriceMicroPerKwh));
}
