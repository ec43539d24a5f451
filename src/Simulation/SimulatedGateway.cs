using System.Collections.Generic;
using EnergyNode.Actors.Clients;
using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;
using EnergyNode.Market.Execution;

namespace EnergyNode.Simulation;

/// <summary>
/// A client as a real one is: it sends each batch to all validators, sends it again to those that have not answered,
/// asks when a nonce is refused, and believes a result when f + 1 validators say the same.
/// </summary>
internal sealed class SimulatedGateway
{
    private const int MaxInFlight = 8;

    private static readonly Duration RetryInterval = Duration.FromMillis(1_000);

    private readonly SimulatedWorld _world;
    private readonly SimulatedMarket _market;
    private readonly ITransport _transport;
    private readonly SortedDictionary<long, Submission> _open = [];
    private readonly Dictionary<Hash32, Submission> _byHash = [];
    private readonly int _needed;
    private readonly HashSet<PublicKey> _liars = [];
    private long _query;
    private long _submitted;

    public SimulatedGateway(SimulatedWorld world, SimulatedMarket market)
    {
        _world = world;
        _market = market;
        _needed = world.Genesis.Validators.MaxFaulty + 1;
        foreach (LiarPlan liar in world.Plan.Liars)
        {
            _liars.Add(world.Genesis.Validators[new ValidatorIndex(liar.Node)].Key);
        }

        PublicKey key = market.Gateway.PublicKey;
        world.Network.Add(key, PeerRole.Client, "gateway", OnMessage);
        world.Network.Up(key);
        _transport = world.Network.TransportOf(key);
        world.Runner.Schedule(RetryInterval, Retry);
    }

    /// <summary>Batches whose result is certain.</summary>
    public int Finished { get; private set; }

    public void Submit(int epoch)
    {
        Submit(_market.EpochBatch(epoch, _world.Runner.Now));
    }

    /// <summary>Batches so far.</summary>
    public long Submitted => _submitted;

    /// <summary>Anybody's batch.</summary>
    /// <param name="mayFail">Its commands may be refused: it depends on when they are executed.</param>
    public void Submit(SignedBatch batch, bool mayFail = false)
    {
        Submission submission = new(batch, ++_submitted, mayFail);
        _open.Add(submission.Number, submission);
        _byHash.Add(batch.Hash, submission);
        if (_world.Options.Sabotage is not { ForgetSubmissions: true })
        {
            _world.Chain.OnSubmitted(batch.Hash);
        }

        Send(submission);
    }

    private void Retry()
    {
        int sent = 0;
        foreach (Submission submission in _open.Values)
        {
            if (sent++ == MaxInFlight)
            {
                break;
            }

            Send(submission);
        }

        _world.Runner.Schedule(RetryInterval, Retry);
    }

    private void Send(Submission submission)
    {
        int nodes = _world.Options.Validators + _world.Options.Joiners;
        for (int i = 0; i < nodes; i++)
        {
            PublicKey key = _world.Keys.Signer(SimulatedMarket.ValidatorName(i)).PublicKey;
            if (!submission.Answers.ContainsKey(key))
            {
                _transport.Send(key, FrameKind.Submit, submission.Batch.Bytes);
            }
        }
    }

    private void OnMessage(object message)
    {
        if (message is not FrameReceived frame)
        {
            return;
        }

        ClientReceipt? receipt = frame.Kind == FrameKind.Receipts
            ? ClientReceipt.Decode(frame.Payload.Span)
            : (ClientAnswer.Decode(frame.Payload.Span) as ClientAnswer.Receipts)?.Receipt;
        switch (receipt)
        {
            case ClientReceipt.Refused { Reason: AdmissionRefusal.NonceUnusable } refused:
                _query++;
                _transport.Send(
                    frame.Peer, FrameKind.Query, new ClientQuery.Receipts(_query, refused.Batch).ToArray());
                break;
            case ClientReceipt.Refused
            {
                Reason: AdmissionRefusal.Malformed or AdmissionRefusal.BadSignature
                or AdmissionRefusal.UnknownSigner
            } refused when !_liars.Contains(frame.Peer):
                _world.Log.Add(ViolationKind.Validity, $"a good batch was refused as {refused.Reason}");
                break;
            case ClientReceipt.Final final:
                OnFinal(frame.Peer, final);
                break;
        }
    }

    private void OnFinal(PublicKey from, ClientReceipt.Final final)
    {
        if (_world.Chain.Conflict is not null || !_byHash.TryGetValue(final.Batch, out Submission? submission))
        {
            return;
        }

        Hash32 content = Hash32.Of(final.ToArray());
        submission.Answers[from] = content;
        int equal = 0;
        foreach ((PublicKey other, Hash32 answer) in submission.Answers)
        {
            equal += answer == content ? 1 : 0;
            if (answer != content && !_liars.Contains(from) && !_liars.Contains(other))
            {
                _world.Log.Add(
                    ViolationKind.Agreement,
                    $"validators {from} and {other} report different results of batch {final.Batch.Short()}");
            }
        }

        if (equal == _needed && _open.Remove(submission.Number))
        {
            Finished++;
            CheckReceipts(final, submission.MayFail);
        }
    }

    private void CheckReceipts(ClientReceipt.Final final, bool mayFail)
    {
        if (final.Status != BatchStatus.Executed || final.Receipts is null)
        {
            _world.Log.Add(ViolationKind.Validity, $"a good batch ended as {final.Status}");
            return;
        }

        foreach (Receipt receipt in final.Receipts.Receipts)
        {
            if (receipt.Error != LedgerError.None && !mayFail)
            {
                _world.Log.Add(ViolationKind.Validity, $"a good command was refused: {receipt.Error}");
            }
        }
    }

    private sealed class Submission(SignedBatch batch, long number, bool mayFail)
    {
        public bool MayFail => mayFail;

        public long Number => number;

        public SignedBatch Batch => batch;

        public Dictionary<PublicKey, Hash32> Answers { get; } = [];
    }
}
