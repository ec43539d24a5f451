using System.CommandLine;
using EnergyNode.Node.Cli;
using Command = System.CommandLine.Command;

namespace EnergyNode.Node.Client;

/// <summary>The options of each command that an account signs: which network, whose key, and how to answer.</summary>
internal sealed class ClientOptions
{
    private readonly Option<string> _config = CommonOptions.NetworkConfig();

    private readonly Option<string> _keys = new("--keys")
    {
        Description = "directory with NAME.key of the account",
        Required = true,
    };

    private readonly Option<string> _account = new("--account")
    {
        Description = "whose key signs",
        DefaultValueFactory = _ => "operator",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public void AddTo(Command command)
    {
        command.Options.Add(_config);
        command.Options.Add(_keys);
        command.Options.Add(_account);
        command.Options.Add(_json);
    }

    public ClientChoice Read(ParseResult parsed) => new(
        parsed.GetValue(_config)!, parsed.GetValue(_keys)!, parsed.GetValue(_account)!, parsed.GetValue(_json));
}
