using System;
using System.Globalization;
using System.IO;

namespace EnergyNode.Node.Cli;

/// <summary>Files that somebody names on the command line, as a whole.</summary>
internal static class BoundedFile
{
    /// <param name="file">Its path.</param>
    /// <param name="maxBytes">More are refused, whatever the file system says of its length.</param>
    /// <param name="remedy">Says what to name instead.</param>
    /// <exception cref="CommandFailedException">It is none, is too long, or cannot be read.</exception>
    public static byte[] Read(string file, long maxBytes, string remedy)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            using MemoryStream content = new();
            byte[] buffer = new byte[81_920];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                content.Write(buffer, 0, read);
                if (content.Length > maxBytes)
                {
                    throw new CommandFailedException(
                        ExitCodes.Usage,
                        string.Create(
                            CultureInfo.InvariantCulture, $"{file}: has more than {maxBytes:N0} bytes; {remedy}"));
                }
            }

            return content.ToArray();
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"{file}: cannot be read ({OneLine(error)}); {remedy}");
        }
    }

    /// <exception cref="CommandFailedException">It cannot be written.</exception>
    public static void Write(string file, ReadOnlySpan<byte> content, string option)
    {
        try
        {
            File.WriteAllBytes(file, content);
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"{option} {file}: cannot be written ({OneLine(error)}); name another file");
        }
    }

    private static bool IsOfTheFile(Exception error) =>
        error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static string OneLine(Exception error) => error.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
