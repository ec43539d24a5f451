using System.Collections.Generic;
using EnergyNode.Consensus.Evidence;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>
/// Evidence that this node holds and that is not on the ledger yet: when to submit it, and whether again. Pure.
/// </summary>
internal sealed class EvidenceDesk
{
    /// <summary>Who detects the same offence waits its turn, so that mostly one submits it.</summary>
    public static readonly Duration Turn = Duration.FromMillis(50);

    /// <summary>Nobody waits longer for its turn than this.</summary>
    public static readonly Duration LongestTurn = Duration.FromMillis(1_000);

    /// <summary>A submission that is not on the ledger by then is made again.</summary>
    public static readonly Duration Patience = Duration.FromSeconds(5);

    private readonly SortedDictionary<Offence, Item> _waiting = [];
    private readonly SortedSet<Offence> _committed = [];
    private readonly SortedDictionary<PublicKey, Height> _punishedTo = [];

    public int Count => _waiting.Count;

    public bool IsCommitted(Offence offence) => _committed.Contains(offence);

    /// <summary>By offence.</summary>
    public List<FaultEvidence> Waiting()
    {
        List<FaultEvidence> waiting = [];
        foreach (Item item in _waiting.Values)
        {
            waiting.Add(item.Evidence);
        }

        return waiting;
    }

    /// <param name="members">Their order is the order of turns.</param>
    /// <returns>False when it is known, on the ledger, or one too many.</returns>
    public bool Add(FaultEvidence evidence, Instant now, Membership members)
    {
        Offence offence = LedgerEvidence.OffenceOf(evidence);
        bool isPunished = _punishedTo.TryGetValue(offence.Culprit, out Height to) && offence.Height <= to;
        if (isPunished || _committed.Contains(offence) || _waiting.ContainsKey(offence)
            || _waiting.Count == Limits.MaxWaitingEvidence)
        {
            return false;
        }

        byte[] bytes = evidence.ToArray();
        int validators = members.Set.Count;
        int rank = members.Set.IndexOf(members.Self)?.Value ?? 0;
        int first = FaultEvidence.IdOf(bytes).ToArray()[0] % validators;
        long turn = Turn.Micros * ((rank - first + validators) % validators);
        Duration wait = new(turn < LongestTurn.Micros ? turn : LongestTurn.Micros);
        _waiting.Add(offence, new Item(evidence, bytes, now.Plus(wait)));
        return true;
    }

    /// <param name="height">
    /// Of the block that has it. Who is punished is accused no more of what it did before that, and soon after.
    /// </param>
    public void Commit(Offence offence, Height height)
    {
        Height to = new(height.Value + SentinelMachine.WatchedHeights);
        if (to > _punishedTo.GetValueOrDefault(offence.Culprit))
        {
            _punishedTo[offence.Culprit] = to;
        }

        foreach (Offence other in new List<Offence>(_waiting.Keys))
        {
            if (other.Culprit == offence.Culprit && other.Height <= to)
            {
                _waiting.Remove(other);
            }
        }

        if (_committed.Count < Limits.MaxRememberedOffences)
        {
            _committed.Add(offence);
        }
    }

    /// <summary>The ledger knows no longer who validated then: it would refuse such evidence.</summary>
    public void ForgetBelow(Height known)
    {
        foreach (Offence offence in new List<Offence>(_waiting.Keys))
        {
            if (offence.Height < known)
            {
                _waiting.Remove(offence);
            }
        }
    }

    /// <summary>
    /// What to submit now; each is due again after <see cref="Patience"/>. Of each culprit one at a time: it is
    /// punished for it, and whoever lies most does not hide the others.
    /// </summary>
    /// <param name="decided">Evidence of a higher height is not accepted yet.</param>
    /// <param name="leads">This node proposes blocks: it waits for no turn, lest it propose without it.</param>
    public List<byte[]> TakeDue(Instant now, Height decided, bool leads)
    {
        // E16
        HashSet<PublicKey> underway = [];
        foreach ((Offence offence, Item item) in _waiting)
        {
            if (item.WasTaken && item.Due > now)
            {
                underway.Add(offence.Culprit);
            }
        }

        List<byte[]> due = [];
        int bytes = 0;
        foreach (Offence offence in new List<Offence>(_waiting.Keys))
        {
            Item item = _waiting[offence];
            bool isDue = (item.Due <= now || (leads && !item.WasTaken)) && offence.Height <= decided;
            if (isDue && due.Count < Limits.MaxEvidencePerTurn && bytes < Limits.FrameFillBytes
                && underway.Add(offence.Culprit))
            {
                due.Add(item.Bytes);
                bytes += item.Bytes.Length;
                _waiting[offence] = item with { Due = now.Plus(Patience), WasTaken = true };
            }
        }

        return due;
    }

    private sealed record Item(FaultEvidence Evidence, byte[] Bytes, Instant Due)
    {
        /// <summary>It was submitted before.</summary>
        public bool WasTaken { get; init; }
    }
}
