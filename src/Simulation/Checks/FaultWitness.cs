using System;
using System.Collections.Generic;
using EnergyNode.Actors.Ports;
using EnergyNode.Consensus;
using EnergyNode.Ledger;

namespace EnergyNode.Simulation;

/// <summary>
/// Counts what liars did that could be proved: two signed proposals, or two votes of one kind, for different blocks in
/// one slot, both of which arrived at honest validators, at the same one or at two.
/// </summary>
internal sealed class FaultWitness(GenesisBlock genesis, ISignatureVerifier keys)
{
    private const int MaxSlots = 100_000;

    private readonly MessageVerifier _verifier = new(genesis.Chain, keys, genesis.Consensus, genesis.Work);
    private readonly Dictionary<(int Sender, Type Kind, long Height, int View), Hash32> _first = [];
    private readonly HashSet<(int Sender, Type Kind, long Height, int View)> _proved = [];
    private ReadOnlyMemory<byte> _last;

    /// <summary>Slots in which a liar contradicted itself before honest witnesses.</summary>
    public int Count => _proved.Count;

    /// <summary>A consensus frame of a liar reaches an honest validator.</summary>
    public void OnDelivered(SentFrame frame)
    {
        if (frame.Kind != FrameKind.Consensus || frame.Payload.Equals(_last))
        {
            return;
        }

        _last = frame.Payload;
        if (_verifier.Verify(frame.Payload.Span, genesis.Validators, out Verified<SignedMessage> verified)
            != MessageRefusal.None
            || verified.Value.Sender.Value != frame.From
            || !IsSlot(verified.Value.Message, out View view, out Hash32 value))
        {
            return;
        }

        if (_first.Count == MaxSlots)
        {
            _first.Clear();
        }

        ConsensusMessage message = verified.Value.Message;
        (int, Type, long, int) slot = (frame.From, message.GetType(), message.Height.Value, view.Value);
        if (!_first.TryAdd(slot, value) && _first[slot] != value)
        {
            _proved.Add(slot);
        }
    }

    private static bool IsSlot(ConsensusMessage message, out View view, out Hash32 value)
    {
        if (message.IsVote(out view, out Hash32? block))
        {
            value = block ?? default;
            return true;
        }

        bool proposal = message.IsProposal(out view, out Block proposed);
        value = proposal ? proposed.Hash : default;
        return proposal;
    }
}
