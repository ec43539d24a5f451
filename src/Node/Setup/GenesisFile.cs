using System;
using System.IO;
using System.Text.Json;
using EnergyNode.Ledger;
using EnergyNode.Node.Crypto;

namespace EnergyNode.Node.Setup;

/// <summary>
/// <c>genesis.json</c>: the first state of a chain for people to read and compare. The format is in docs/demo.md.
/// Reading back what was written gives the same <see cref="GenesisBlock.ComputeHash"/>.
/// </summary>
public static class GenesisFile
{
    public const string Name = "genesis.json";

    /// <summary>Reads the file and builds its state once: a contradiction shows here, not at the start.</summary>
    /// <exception cref="SetupException">The file is missing, damaged, or contradicts itself.</exception>
    public static GenesisBlock Load(string path)
    {
        byte[] content;
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > SetupLimits.MaxGenesisBytes)
            {
                throw new SetupException(
                    path, $"the file has more than {SetupLimits.MaxGenesisBytes} bytes", "name a genesis file");
            }

            content = new byte[stream.Length];
            stream.ReadExactly(content);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SetupException(
                path,
                "there is no such file",
                "create a network with `energynode init`, or copy its genesis file",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                path, $"cannot be read ({error.Message})", "check its owner and that it is a file", error);
        }

        return Parse(path, content);
    }

    /// <param name="file">The name to show in errors.</param>
    /// <param name="content">UTF-8, with or without a byte order mark.</param>
    /// <exception cref="SetupException">The content is damaged or contradicts itself.</exception>
    public static GenesisBlock Parse(string file, ReadOnlyMemory<byte> content)
    {
        ReadOnlyMemory<byte> json = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        GenesisBlock genesis;
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            genesis = GenesisReader.Read(file, document.RootElement);
        }
        catch (JsonException error)
        {
            throw new SetupException(
                $"{file}:{error.LineNumber + 1}:{error.BytePositionInLine + 1}",
                $"this is no JSON ({FirstSentence(error.Message)})",
                "restore the file from a copy of another node",
                error);
        }

        return genesis.BuildState(out string? problem) is not null
            ? genesis
            : throw new SetupException(file, $"it contradicts itself: {problem}", "correct it at every node alike");
    }

    /// <summary>Writes a file that must not exist yet, mode 0644.</summary>
    /// <exception cref="SetupException">It exists, or cannot be written.</exception>
    public static void Save(string path, GenesisBlock genesis)
    {
        try
        {
            SecureFile.Create(path, GenesisWriter.Render(genesis), SecureFile.PublicRead);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new SetupException(
                path,
                "there is a file already and it is not overwritten",
                "move it away or choose another name",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                path, $"cannot be written ({error.Message})", "check that the directory exists and is yours", error);
        }
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return JsonFields.Printable(end < 0 ? message : message[..end]);
    }
}
