using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using EnergyNode.Ledger;
using EnergyNode.Node.Cli;
using EnergyNode.Node.Configuration;
using EnergyNode.Node.Crypto;
using EnergyNode.Node.Gateway;
using EnergyNode.Node.Readings;
using EnergyNode.Node.Setup;
using Command = EnergyNode.Ledger.Command;

namespace EnergyNode.Node.Client;

/// <summary>An account that is connected with the validators of its chain.</summary>
internal sealed class ClientSession : IAsyncDisposable
{
    private readonly ChainId _chain;
    private readonly Ed25519Signer _key;
    private readonly GatewayClient _gateway;
    private readonly TimeProvider _time;

    private ClientSession(
        GenesisBlock genesis, AccountId account, Ed25519Signer key, GatewayClient gateway, TimeProvider time)
    {
        _chain = genesis.Chain;
        Account = account;
        _key = key;
        _gateway = gateway;
        _time = time;
    }

    public AccountId Account { get; }

    public Instant Now => UtcTime.Of(_time.GetUtcNow());

    /// <exception cref="CommandFailedException">A file is wrong, or too few validators answer.</exception>
    public static async Task<ClientSession> OpenAsync(
        ClientChoice choice, TimeProvider time, CancellationToken cancellation)
    {
        if (!AccountId.TryParse(choice.Account, out AccountId account))
        {
            throw new CommandFailedException(
                ExitCodes.Usage, $"--account {choice.Account}: this is not an account's name");
        }

        NodeConfiguration configuration = ConfigurationLoader
            .Load(choice.ConfigFile, StartCommand.ReadEnvironment()).Require();
        GenesisBlock genesis = GenesisFile.Load(configuration.GenesisFile);
        Ed25519Signer key = KeyFile.Load(Path.Combine(choice.KeyDirectory, account + ".key"));
        GatewayClient? gateway = null;
        try
        {
            gateway = new GatewayClient(
                new GatewayOptions { Chain = genesis.Chain, Tolerates = static (_, _) => true },
                SubmitCommand.EndpointsOf(configuration, genesis),
                key,
                new Ed25519Verifier(),
                time);
            await RequireConnectedAsync(gateway, choice.Patience, time, cancellation);
            return new ClientSession(genesis, account, key, gateway, time);
        }
        catch
        {
            await (gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
            key.Dispose();
            throw;
        }
    }

    /// <summary>Waits until so many validators are connected as must give equal answers.</summary>
    /// <exception cref="CommandFailedException">They are not, in time.</exception>
    public static async Task RequireConnectedAsync(
        GatewayClient gateway, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        long begun = time.GetTimestamp();
        while (gateway.Links.Count(static link => link.Connected) < gateway.Needed)
        {
            if (time.GetElapsedTime(begun) >= patience)
            {
                string links = string.Join(
                    "; ", gateway.Links.Where(static link => !link.Connected)
                        .Select(static link => $"{link.Validator}: {link.Detail}"));
                throw new CommandFailedException(
                    ExitCodes.Failed,
                    $"{gateway.Needed} of {gateway.Validators} validators must answer; start them, or correct their "
                    + $"addresses in the configuration ({links})");
            }

            await Task.Delay(ClientLimits.ConnectPause, time, cancellation);
        }
    }

    public QuorumReader Reader() => new(_gateway, _time);

    /// <summary>Signs one command, submits it and waits until it is final.</summary>
    /// <exception cref="GatewayException">The validators do not take it, or nothing becomes final.</exception>
    public async Task<(Receipt Receipt, Height Height)> SendAsync(Command command, CancellationToken cancellation)
    {
        QuorumState state = await Reader().ReadAsync(
            [[StateTables.Nonces, .. _key.PublicKey.ToArray()]], cancellation);
        long nonce = 0;
        if (state.Parts[0].Count > 0)
        {
            BorshReader window = new(state.Parts[0][0].Value);
            nonce = window.I64();
        }

        SignedBatch batch = SignedBatch.Sign(
            _chain, nonce + 1, Now.Plus(ClientLimits.Validity), BatchFlags.None, [command], _key);
        Submission submission = await _gateway.BeginAsync(batch, cancellation);
        BatchFinality finality = await submission.Final.WaitAsync(cancellation);
        return (finality.Receipts[0], finality.Height);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _key.Dispose();
    }
}
