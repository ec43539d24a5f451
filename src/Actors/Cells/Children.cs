using System;
using System.Collections.Generic;
using System.Threading;

namespace EnergyNode.Actors;

/// <summary>The live children of one cell, by name and in the order of creation. Safe from any thread.</summary>
internal sealed class Children
{
    private const string AutoNameDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ActorCell> _byName = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, ActorCell> _byBirth = [];
    private long _births;
    private bool _closed;

    /// <param name="name">Checked already; null for an automatic one.</param>
    /// <param name="parent">For messages of exceptions.</param>
    /// <param name="make">Makes the cell, given its name and its number in order of birth.</param>
    /// <returns>The new child; it has been sent nothing yet.</returns>
    public ActorCell Add(string? name, ActorPath parent, Func<string, long, ActorCell> make)
    {
        lock (_gate)
        {
            if (_closed)
            {
                throw new InvalidOperationException($"{parent} is stopping and cannot have new children");
            }

            long birth = _births++;
            string childName = name ?? AutoName(birth);
            if (_byName.ContainsKey(childName))
            {
                throw new InvalidActorNameException(childName, $"is in use under {parent}");
            }

            ActorCell child = make(childName, birth);
            _byName.Add(childName, child);
            _byBirth.Add(birth, child);
            return child;
        }
    }

    public void Remove(ActorCell child)
    {
        lock (_gate)
        {
            if (_byBirth.Remove(child.Birth))
            {
                _byName.Remove(child.Name);
            }
        }
    }

    public ActorCell? Find(string name)
    {
        lock (_gate)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public bool Contains(ActorCell child)
    {
        lock (_gate)
        {
            return _byBirth.ContainsKey(child.Birth);
        }
    }

    public ActorCell[] InOrder()
    {
        lock (_gate)
        {
            return [.. _byBirth.Values];
        }
    }

    /// <summary>Refuses new children from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <exception cref="InvalidActorNameException">The name is empty, too long or has a character that paths and
    /// shells give a meaning to.</exception>
    public static void CheckName(string name)
    {
        if (name.Length == 0 || name.Length > Limits.MaxNameLength)
        {
            throw new InvalidActorNameException(name, $"must have 1 to {Limits.MaxNameLength} characters");
        }

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"-_.:@=+~".Contains(c, StringComparison.Ordinal))
            {
                throw new InvalidActorNameException(name, $"has the character '{c}', not one of a-z A-Z 0-9 -_.:@=+~");
            }
        }
    }

    /// <summary>Akka's scheme: <c>$a</c>, <c>$b</c>, …, <c>$~</c>, <c>$ab</c>, … with the lowest digit first.</summary>
    private static string AutoName(long number)
    {
        string name = "$";
        do
        {
            name += AutoNameDigits[(int)(number % AutoNameDigits.Length)];
            number /= AutoNameDigits.Length;
        }
        while (number > 0);

        return name;
    }
}
