using System.Text.Json;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Client;

/// <summary>The rules of one order book in a file of its own, as an object of <c>books</c> in a genesis file.</summary>
internal static class BookFile
{
    private const string Remedy = "name a file with the JSON object of one book";

    /// <exception cref="CommandFailedException">The file cannot be read, or is no JSON.</exception>
    /// <exception cref="SetupException">A member is missing, unknown or wrong.</exception>
    public static GovernanceAction.SetBook Read(string file)
    {
        byte[] content = BoundedFile.Read(file, ClientLimits.MaxBookFileBytes, Remedy);
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                content, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
            GenesisBook book = GenesisBookJson.Read(JsonFields.Of(file, "$", document.RootElement));
            return new GovernanceAction.SetBook(book.Book, book.Parameters);
        }
        catch (JsonException error)
        {
            throw new CommandFailedException(
                ExitCodes.Usage,
                $"{file}:{error.LineNumber + 1}:{error.BytePositionInLine + 1}: this is no JSON; {Remedy}");
        }
    }
}
