using System;
using System.Collections.Generic;
using EnergyNode.Ledger;

namespace EnergyNode.Consensus.Evidence;

/// <summary>
/// Watches what validators sign, and accuses on proof. Rules E1… are those of docs/spec/evidence.md. It sees every
/// verified message, looks into the certificates and justifications inside, and exchanges digests with other sentinels,
/// so that the halves of an equivocation meet. It never blames on what is merely unseen, late or missing.
/// </summary>
public sealed partial class SentinelMachine
{
    /// <summary>How many heights below the next one are watched.</summary>
    public const int WatchedHeights = Limits.WatchedHeights;

    private readonly ChainId _chain;
    private readonly ISignatureVerifier _signatures;
    private readonly SortedDictionary<Height, HeightWatch> _heights = [];
    private readonly ReadStatements _read = new();
    private ValidatorSet _next;

    /// <summary>The one that was looked up last: most messages are of one height.</summary>
    private HeightWatch? _last;

    /// <summary>One that is past, to be used again: a height begins with each block.</summary>
    private HeightWatch? _spare;
    private Height _applied;
    private List<SentinelEffect> _effects = [];

    /// <param name="applied">The last executed height.</param>
    /// <param name="next">The validator set of the height after it.</param>
    public SentinelMachine(ChainId chain, ISignatureVerifier signatures, Height applied, ValidatorSet next)
    {
        _chain = chain;
        _signatures = signatures;
        _applied = applied;
        _next = next;
        if (WatchOf(applied.Next) is { } watch)
        {
            watch.Set = next;
        }
    }

    /// <param name="effects">Appended to, in the order in which the effects should happen.</param>
    public void Step(SentinelInput input, List<SentinelEffect> effects)
    {
        _effects = effects;
        if (input is not SentinelInput.FromPeer { Kind: SentinelFrame.Digests } and not SentinelInput.Ticked)
        {
            _agreed = default;
        }

        switch (input)
        {
            case SentinelInput.Heard heard:
                OnHeard(heard.Message.Value, heard.Set);
                break;
            case SentinelInput.Decided { Certificate: CommitCertificate certificate } decided:
                OnCertificate(certificate, decided.Set);
                break;
            case SentinelInput.Applied applied:
                OnApplied(applied.Height, applied.Next);
                break;
            case SentinelInput.BadBatch bad:
                OnBadBatch(bad.Bytes);
                break;
            case SentinelInput.Stranger stranger:
                OnStranger(stranger.Peer, stranger.Wire.Span);
                break;
            case SentinelInput.FromPeer frame:
                OnFrame(frame);
                break;
            case SentinelInput.Ticked:
                OnTick();
                break;
        }
    }

    internal bool IsWatching(Height height) => _heights.ContainsKey(height);

    private void OnHeard(SignedMessage message, ValidatorSet set)
    {
        PublicKey sender = set[message.Sender].Key;
        SignedStatement signed = message.Signed;
        Add(set, message.Sender, signed);
        switch (message.Message)
        {
            case ConsensusMessage.PrePrepare { Block: { } block }:
                AddProposal(sender, signed, block);
                break;
            case ConsensusMessage.OpenView opened:
                AddNewView(opened, set);
                break;
            case ConsensusMessage.Committed { Certificate: var committed }:
                AddVotes(
                    Statement.Vote(
                        Statement.CommitTag, committed.Height, committed.View, committed.BlockHash),
                    committed.Votes,
                    set);
                break;
            case ConsensusMessage.Proposal { Block: { } block } proposal:
                AddProposal(sender, signed, block);
                AddPolka(proposal.Valid, set);
                break;
            case ConsensusMessage.ViewChange change:
                foreach (PreparedBlock? prepared in change.Prepared)
                {
                    AddPrepared(prepared?.Certificate, set);
                }

                break;
            case ConsensusMessage.Polka polka:
                AddPolka(polka.Certificate, set);
                break;
        }
    }

    private void AddNewView(ConsensusMessage.OpenView opened, ValidatorSet set)
    {
        foreach (ViewChangeVote vote in opened.Proof.Votes)
        {
            byte[] statement = Statement.ViewChange(vote.Height, opened.View, vote.Prepared);
            Add(set, vote.Signer, new SignedStatement(statement, vote.Signature));
        }

        foreach (PreparedBlock chosen in opened.Proof.Chosen)
        {
            AddPrepared(chosen.Certificate, set);
        }
    }

    private void AddPrepared(PreparedCertificate? certificate, ValidatorSet set)
    {
        if (certificate is not null)
        {
            AddVotes(
                Statement.Vote(
                    Statement.PrepareTag, certificate.Height, certificate.View, certificate.BlockHash),
                certificate.Votes,
                set);
        }
    }

    private void AddPolka(PreparedCertificate? certificate, ValidatorSet set)
    {
        if (certificate is not null)
        {
            AddVotes(
                Statement.Prevote(
                    certificate.Height, certificate.View, certificate.BlockHash, certificate.ValidRound),
                certificate.Votes,
                set);
        }
    }

    private void OnCertificate(CommitCertificate certificate, ValidatorSet set)
    {
        byte[] precommit = Statement.Precommit(certificate.Height, certificate.View, certificate.BlockHash);
        bool isPos = certificate.Votes.Count > 0 && IsSigned(
            set[certificate.Votes[0].Signer].Key, new SignedStatement(precommit, certificate.Votes[0].Signature));
        byte[] statement = isPos
            ? precommit
            : Statement.Vote(
                Statement.CommitTag, certificate.Height, certificate.View, certificate.BlockHash);
        AddVotes(statement, certificate.Votes, set);
    }

    private void AddVotes(byte[] statement, IReadOnlyList<VoteSignature> votes, ValidatorSet set)
    {
        if (_read.Of(statement) is not { } read || WatchOf(read.Promise.Height) is not { } watch)
        {
            return;
        }

        // Most certificates repeat what was heard.
        byte[]? known = watch.Set is { } own && own.Hash == set.Hash
            ? watch.GroupsOf(own).SignersOf(read.Promise.Tag, read.Promise.View, read.Digest)
            : null;
        foreach (VoteSignature vote in votes)
        {
            if (!GossipCodec.Has(known, vote.Signer) && !watch.Knows(set, vote.Signer, read.Promise))
            {
                Add(watch, set, vote.Signer, read, new SignedStatement(read.Bytes, vote.Signature));
            }
        }
    }

    /// <summary>Its signature is verified.</summary>
    private void Add(ValidatorSet set, ValidatorIndex sender, SignedStatement signed)
    {
        if (_read.Of(signed.Statement) is { } read && WatchOf(read.Promise.Height) is { } watch)
        {
            Add(watch, set, sender, read, signed);
        }
    }

    private void Add(
        HeightWatch watch,
        ValidatorSet set,
        ValidatorIndex sender,
        ReadStatement statement,
        SignedStatement signed)
    {
        foreach (FaultEvidence evidence in watch.Add(set, sender, statement, signed))
        {
            Accuse(watch, evidence);
        }

        if (watch.Tellings > 0 && !watch.IsDue)
        {
            watch.IsDue = true;
            _due.Add(watch);
        }
    }

    private void AddProposal(PublicKey sender, SignedStatement signed, Block block)
    {
        if (WatchOf(block.Height) is not { } watch)
        {
            return;
        }

        watch.AddProposal(sender, signed, block);
        if (watch.Set is { } set)
        {
            Judge(watch, sender, signed, block, set);
        }
    }

    private void Judge(HeightWatch watch, PublicKey sender, SignedStatement signed, Block block, ValidatorSet set)
    {
        if (Promise.Read(signed.Statement) is { } promise && set.IndexOf(sender) is not null
            && EvidenceVerifier.FaultOf(_chain, sender, promise, block.Header, set) is { } fault
            && FaultEvidence.OfProposal(sender, signed, block.Header, fault, null) is { } evidence)
        {
            Accuse(watch, evidence);
        }
    }

    private void OnBadBatch(ReadOnlyMemory<byte> bytes)
    {
        // E6
        Hash32 hash = SignedBatch.HashOf(bytes.Span);
        foreach (HeightWatch watch in _heights.Values)
        {
            foreach ((PublicKey sender, SignedStatement proposal, Block block) in watch.Proposals)
            {
                int index = IndexOf(block, hash);
                if (index >= 0 && block.Header.Proposer == sender
                    && FaultEvidence.OfProposal(
                        sender,
                        proposal,
                        block.Header,
                        ProposalFault.BadBatch,
                        BatchInBlock.Of(block, index, bytes.ToArray())) is { } evidence)
                {
                    Accuse(watch, evidence);
                }
            }
        }
    }

    private static int IndexOf(Block block, Hash32 batch)
    {
        for (int i = 0; i < block.Batches.Count; i++)
        {
            if (block.Batches[i] == batch)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A connected key that votes outside the set; never the validator that a message names.</summary>
    private void OnStranger(PublicKey peer, ReadOnlySpan<byte> wire)
    {
        // E7
        if (SignedMessage.Decode(wire) is { } message && Promise.Read(message.Bytes) is { } promise
            && WatchOf(promise.Height) is { Set: { } set } watch && set.IndexOf(peer) is null
            && IsSigned(peer, message.Signed) && FaultEvidence.OfOutsider(peer, message.Signed) is { } evidence)
        {
            Accuse(watch, evidence);
        }
    }

    private void Accuse(HeightWatch watch, FaultEvidence evidence)
    {
        // E11
        if (watch.Set is not { } set)
        {
            watch.Wait(evidence);
            return;
        }

        bool isMember = set.IndexOf(evidence.Culprit) is not null;
        if (isMember != evidence is FaultEvidence.Outside && watch.LogOf(set, evidence.Culprit).NoteOffence(evidence))
        {
            _effects.Add(new SentinelEffect.Accuse(evidence));
        }
    }

    private void OnApplied(Height height, ValidatorSet next)
    {
        if (height <= _applied)
        {
            return;
        }

        _applied = height;
        _next = next;
        Height lowest = new(Math.Max(1, height.Value + 1 - Limits.WatchedHeights));
        List<Height> past = [];
        foreach (Height watched in _heights.Keys)
        {
            if (watched >= lowest)
            {
                break;
            }

            past.Add(watched);
        }

        foreach (Height old in past)
        {
            _heights.Remove(old, out HeightWatch? gone);
            gone!.Tellings = 0;

            // In the list of those to be told it is looked at once more.
            _spare = gone.IsDue ? _spare : gone;
        }

        if (WatchOf(height.Next) is { } watch)
        {
            OpenWith(watch, next);
        }
    }

    /// <summary>Now that the set of a height is known, what was said about it before can be judged.</summary>
    private void OpenWith(HeightWatch watch, ValidatorSet set)
    {
        watch.Set = set;
        foreach (FaultEvidence evidence in watch.TakeWaiting())
        {
            Accuse(watch, evidence);
        }

        foreach ((PublicKey sender, SignedStatement proposal, Block block) in watch.Proposals)
        {
            Judge(watch, sender, proposal, block, set);
        }
    }

    /// <summary>Null for a height that is too far from the present.</summary>
    private HeightWatch? WatchOf(Height height)
    {
        // E12
        bool isWatched = height.Value > _applied.Value - Limits.WatchedHeights
            && height.Value <= _applied.Value + 1 + Limits.WatchedHeightsAhead;
        if (!isWatched)
        {
            return null;
        }

        if (_last?.Height != height && !_heights.TryGetValue(height, out _last))
        {
            _last = _spare ?? new HeightWatch();
            _spare = null;
            _last.Begin(height, height == _applied.Next ? _next : null);
            _heights.Add(height, _last);
        }

        return _last;
    }

    private bool IsSigned(PublicKey key, SignedStatement signed) =>
        _signatures.Verify(key, Statement.SignedBytes(_chain, signed.Statement), signed.Signature);
}
