using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using EnergyNode.Ledger;
using EnergyNode.Market.Clearing;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Hosting;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary>
/// <c>energynode clearing export</c> takes the certificate of one clearing out of a stopped node's journal;
/// <c>energynode clearing verify</c> re-checks it anywhere, without network, key or journal.
/// </summary>
internal sealed class ClearingCommand(TextWriter output)
{
    /// <summary>2²⁰ orders of at most 70 bytes and as many trades of 32: 107 MB.</summary>
    private const long MaxFileBytes = 128L * 1024 * 1024;

    private const string Remedy = "name a file of `clearing export`";

    public static Command Build()
    {
        Option<string> config = CommonOptions.Config();
        Option<string?> directory = new("--dir")
        {
            Description = "instead of --config: the data directory of a node that is stopped",
        };
        Option<long> epoch = new("--epoch") { Description = "the closed epoch", Required = true };
        Option<string> book = new("--book") { Description = "the order book", Required = true };
        Option<string> file = new("--out") { Description = "the file to write; is overwritten", Required = true };
        Command export = new(
            "export",
            "Takes the certificate of one clearing out of a stopped node's journal.\n\n"
            + "Example: energynode clearing export --config net/validator-1/cluster.hocon --epoch 3 "
            + "--book home-spot --out clearing.bin")
        {
            config, directory, epoch, book, file,
        };
        export.SetAction(parsed => new ClearingCommand(Console.Out).Export(
            parsed.GetValue(directory) ?? DataOf(parsed.GetValue(config)!),
            parsed.GetValue(epoch),
            parsed.GetValue(book)!,
            parsed.GetValue(file)!));
        Argument<string> input = new("file") { Description = "a file that `clearing export` wrote" };
        Option<string?> root = new("--state-root") { Description = "the root that the file must be proved under" };
        Option<bool> json = CommonOptions.Json();
        Command verify = new(
            "verify",
            "Re-checks a clearing: order, allocation, price and volume, and that the state says the same.\n\n"
            + "Example: energynode clearing verify clearing.bin --json")
        {
            input, root, json,
        };
        verify.SetAction(parsed => new ClearingCommand(Console.Out).Verify(
            parsed.GetValue(input)!, parsed.GetValue(root), parsed.GetValue(json)));
        return new Command("clearing", "Exports and re-checks what call auctions did.") { export, verify };
    }

    /// <exception cref="CommandFailedException">There is no such clearing, or the journal is not sound.</exception>
    internal int Export(string directory, long epoch, string bookName, string file)
    {
        if (!BookId.TryParse(bookName, out BookId book))
        {
            throw new CommandFailedException(ExitCodes.Usage, $"--book {bookName}: this is not the name of a book");
        }

        StoppedNode node = StoppedNode.Open(directory);
        LedgerState state = node.State;
        ClearingCertificate? found = null;
        CouplingCertificate? coupled = null;
        ChainVerification chain = node.Execute(
            new ChainVerification(node.Genesis, state, new Ed25519Verifier())
            {
                ClearingObserver = one => found = one.Book == book && one.Epoch.Value == epoch ? one : found,
                CouplingObserver = one =>
                    coupled = one.Key.Epoch.Value == epoch && IsIn(state, one.Key, book) ? one : coupled,
            });
        if (found is null && coupled is null)
        {
            throw new CommandFailedException(
                ExitCodes.Failed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"book {book} was not cleared in epoch {epoch}; call auctions are, at the close of ")
                + string.Create(
                    CultureInfo.InvariantCulture, $"an epoch, and {state.Totals.OpenEpoch.Value} are closed here"));
        }

        ClearingProof proof = found is not null
            ? ClearingProof.Of(node.Genesis.Chain, chain.Height, chain.StateRoot, state, found)
            : ClearingProof.Of(node.Genesis.Chain, chain.Height, chain.StateRoot, state, coupled!);
        BoundedFile.Write(file, proof.ToArray(), "--out");
        output.WriteLine($"{file}: {proof.Summary}, proved under the state root after block {chain.Height}");
        return ExitCodes.Ok;
    }

    /// <returns>Failed when anything is not as the rules and the state have it.</returns>
    /// <exception cref="CommandFailedException">The file cannot be read.</exception>
    internal int Verify(string file, string? stateRoot, bool json)
    {
        ClearingProof proof = Read(file);
        string? problem = stateRoot is not null && proof.StateRoot.ToString() != stateRoot
            ? $"it is proved under state root {proof.StateRoot}"
            : proof.Problem();
        if (json)
        {
            JsonObject line = new() { ["ok"] = problem is null, ["problem"] = problem };
            proof.Describe(line);
            output.WriteLine(line.ToJsonString());
        }
        else
        {
            output.WriteLine($"chain {proof.Chain}, {proof.Summary}");
            output.WriteLine($"state root {proof.StateRoot} after block {proof.Height}");
            output.WriteLine(problem is null ? "all good" : $"WRONG: {problem}");
        }

        return problem is null ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <summary>Asked at the close itself, before a forward book moves on to its next delivery.</summary>
    private static bool IsIn(LedgerState state, CouplingKey key, BookId book) =>
        state.BookParameters.TryGet(book, out BookParameters parameters)
        && new NetworkRules(state).IsCoupled(parameters)
        && parameters.Quality == key.Quality
        && (parameters.Forward?.Delivery ?? key.Epoch) == key.Delivery;

    private static string DataOf(string configFile) =>
        ConfigurationLoader.Load(configFile, StartCommand.ReadEnvironment()).Require().DataDirectory;

    private static ClearingProof Read(string file) =>
        ClearingProof.Read(BoundedFile.Read(file, MaxFileBytes, Remedy), out CodecError error)
        ?? throw new CommandFailedException(ExitCodes.Usage, $"{file}: is no clearing ({error}); {Remedy}");
}
