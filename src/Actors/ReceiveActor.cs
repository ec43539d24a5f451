using System;
using System.Collections.Generic;

namespace EnergyNode.Actors;

/// <summary>
/// An actor that declares one handler for each type of message, in its constructor or in the argument of
/// <see cref="Become"/>. Handlers are <c>void</c> and run to completion; the first declared one that fits is called.
/// </summary>
public abstract class ReceiveActor : Actor
{
    private readonly Stack<Behaviour> _stack = new();
    private Behaviour _behaviour = new();
    private Behaviour? _underConstruction;
    private Type? _lastType;
    private Action<object>? _lastHandler;

    protected ReceiveActor() => _underConstruction = _behaviour;

    protected sealed override bool OnMessage(object message)
    {
        // Most messages are of the same type as the one before.
        Type type = message.GetType();
        if (type != _lastType)
        {
            _lastHandler = _behaviour.Find(type);
            _lastType = type;
        }

        if (_lastHandler is not { } handler)
        {
            return false;
        }

        handler(message);
        return true;
    }

    /// <summary>Handles messages of type <typeparamref name="T"/> and of types derived from it.</summary>
    /// <exception cref="InvalidOperationException">Called outside the constructor and outside a become.</exception>
    protected void Receive<T>(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        UnderConstruction.Add(typeof(T), message => handler((T)message));
    }

    /// <summary>Handles whatever no handler declared before fits.</summary>
    protected void ReceiveAny(Action<object> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        UnderConstruction.Add(typeof(object), handler);
    }

    /// <summary>Replaces the current handlers from the next message on.</summary>
    /// <param name="configure">Declares the new handlers with <see cref="Receive{T}"/>.</param>
    protected void Become(Action configure) => Switch(Build(configure));

    /// <summary>As <see cref="Become"/>, and <see cref="UnbecomeStacked"/> brings the current handlers back.</summary>
    protected void BecomeStacked(Action configure)
    {
        Behaviour next = Build(configure);
        _stack.Push(_behaviour);
        Switch(next);
    }

    /// <summary>Undoes the last <see cref="BecomeStacked"/>; does nothing when there is none.</summary>
    protected void UnbecomeStacked()
    {
        if (_stack.TryPop(out Behaviour? previous))
        {
            Switch(previous);
        }
    }

    private void Switch(Behaviour next)
    {
        _behaviour = next;
        _lastType = null;
    }

    internal override void Attach(ActorCell cell)
    {
        base.Attach(cell);
        _underConstruction = null;
    }

    private Behaviour UnderConstruction => _underConstruction
        ?? throw new InvalidOperationException("handlers are declared in the constructor or inside Become");

    private Behaviour Build(Action configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Behaviour? outer = _underConstruction;
        Behaviour built = new();
        _underConstruction = built;
        try
        {
            configure();
        }
        finally
        {
            _underConstruction = outer;
        }

        return built;
    }

    private sealed class Behaviour
    {
        private readonly List<(Type Type, Action<object> Handler)> _handlers = [];
        private readonly Dictionary<Type, Action<object>?> _byMessageType = [];

        public void Add(Type type, Action<object> handler)
        {
            _handlers.Add((type, handler));
            _byMessageType.Clear();
        }

        public Action<object>? Find(Type messageType)
        {
            if (_byMessageType.TryGetValue(messageType, out Action<object>? known))
            {
                return known;
            }

            Action<object>? found = null;
            foreach ((Type type, Action<object> handler) in _handlers)
            {
                if (type.IsAssignableFrom(messageType))
                {
                    found = handler;
                    break;
                }
            }

            _byMessageType[messageType] = found;
            return found;
        }
    }
}
