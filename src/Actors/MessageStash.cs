using System;
using System.Collections.Generic;

namespace EnergyNode.Actors;

/// <summary>Messages an actor has set aside. A restart puts them back into the mailbox, a stop makes them dead
/// letters.</summary>
public sealed class MessageStash
{
    private readonly ActorCell _cell;
    private readonly int _capacity;
    private readonly List<Envelope> _messages = [];

    internal MessageStash(ActorCell cell, int capacity)
    {
        _cell = cell;
        _capacity = capacity;
    }

    public int Count => _messages.Count;

    /// <summary>Sets the message being handled aside.</summary>
    /// <exception cref="StashOverflowException">The stash is full; the message is lost with the failure.</exception>
    /// <exception cref="InvalidOperationException">No message is being handled, or it was stashed already.</exception>
    public void Stash()
    {
        if (_messages.Count == _capacity)
        {
            throw new StashOverflowException(_cell.Path, _capacity);
        }

        _messages.Add(_cell.TakeCurrentForStash());
    }

    /// <summary>Puts the oldest stashed message at the front of the mailbox.</summary>
    public void Unstash()
    {
        if (_messages.Count > 0)
        {
            _cell.PutBack(_messages[0]);
            _messages.RemoveAt(0);
        }
    }

    /// <summary>Puts all stashed messages at the front of the mailbox, in the order in which they first came.</summary>
    public void UnstashAll()
    {
        for (int i = _messages.Count - 1; i >= 0; i--)
        {
            _cell.PutBack(_messages[i]);
        }

        _messages.Clear();
    }
}
