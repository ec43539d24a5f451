using System.CommandLine;
using EnergyNode.Ledger;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Cli;

/// <summary>Of which account a report is, and of which epochs.</summary>
/// <param name="To">The last one; null for the last that is closed.</param>
internal sealed record AccountPeriod(AccountId Account, EpochIndex From, EpochIndex? To)
{
    /// <exception cref="CommandFailedException">It is no account's name, or no run of epochs.</exception>
    public static AccountPeriod Parse(string account, long from, long? to)
    {
        if (!AccountId.TryParse(account, out AccountId id))
        {
            throw new CommandFailedException(ExitCodes.Usage, $"--account {account}: this is not an account's name");
        }

        return from >= 0 && !(to < from)
            ? new AccountPeriod(id, new EpochIndex(from), to is { } last ? new EpochIndex(last) : null)
            : throw new CommandFailedException(
                ExitCodes.Usage, "--from must be 0 or more, and --to not less than --from: both are epochs");
    }

    /// <exception cref="CommandFailedException">The chain has no such account.</exception>
    public void RequireIn(LedgerState state)
    {
        if (!state.Users.Contains(Account))
        {
            throw new CommandFailedException(ExitCodes.Failed, $"--account {Account}: this chain has no such account");
        }
    }

    /// <summary>The options that say it, with the directory of the journal.</summary>
    internal sealed class Options(string accountHelp)
    {
        private readonly Option<string> _directory = new("--dir")
        {
            Description = "the data directory of a node that is stopped",
            Required = true,
        };

        private readonly Option<string> _account = new("--account") { Description = accountHelp, Required = true };
        private readonly Option<long> _from = new("--from")
        {
            Description = "the first epoch",
            DefaultValueFactory = _ => 0,
        };

        private readonly Option<long?> _to = new("--to")
        {
            Description = "the last epoch; default: the last one that is closed",
        };

        public void AddTo(Command command)
        {
            command.Options.Add(_directory);
            command.Options.Add(_account);
            command.Options.Add(_from);
            command.Options.Add(_to);
        }

        public (string Directory, string Account, long From, long? To) Read(ParseResult parsed) => (
            parsed.GetValue(_directory)!, parsed.GetValue(_account)!, parsed.GetValue(_from), parsed.GetValue(_to));
    }
}
