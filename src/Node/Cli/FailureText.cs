using System;
using System.IO;
using EnergyNode.Actors.Node;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Node.Admin;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Network;
using EnergyNode.Node.Persistence;
using EnergyNode.Node.Setup;

namespace EnergyNode.Node.Cli;

/// <summary>Turns what can go wrong in the world into an exit code and lines for people; null for a bug.</summary>
internal static class FailureText
{
    public static (int ExitCode, string Message)? Of(Exception error) => error switch
    {
        CommandFailedException failed => (failed.ExitCode, failed.Message),
        ConfigurationException or SetupException or KeyFileException => (ExitCodes.Usage, error.Message),
        MissingLibraryException or JournalOpenException or JournalCorruptException or ListenException
            or AdminStartException or NodeDivergedException
            or ProtocolUpgradeException => (ExitCodes.Failed, error.Message),
        UnauthorizedAccessException => (
            ExitCodes.Failed, $"{error.Message} Run as a user who may, or choose another place."),
        IOException => (ExitCodes.Failed, error.Message),
        _ => null,
    };
}
