using System;
using System.Collections.Generic;

namespace EnergyNode.Ledger;

/// <summary>
/// One kind of leaf of the state, typed. Changes collect until <see cref="Flush"/> writes them into the state map, so
/// an entry that comes and goes between two flushes costs no hashing. Within a scope each change can be undone.
/// </summary>
public sealed class Table<TKey, TValue> : StateTable
    where TKey : struct, IEquatable<TKey>, IComparable<TKey>
    where TValue : struct
{
    private readonly Action<TKey, BorshWriter> _encodeKey;
    private readonly Action<TValue, BorshWriter> _encodeValue;
    private readonly Dictionary<TKey, TValue> _rows = [];
    private readonly HashSet<TKey> _dirty = [];
    private readonly List<Undo> _undo = [];
    private readonly List<TKey> _flushOrder = [];
    private TKey[]? _ordered;
    private bool _inScope;

    internal Table(byte prefix, Action<TKey, BorshWriter> encodeKey, Action<TValue, BorshWriter> encodeValue)
        : base(prefix)
    {
        _encodeKey = encodeKey;
        _encodeValue = encodeValue;
    }

    public int Count => _rows.Count;

    /// <summary>How often a row was set or removed since the start: equal numbers, equal rows.</summary>
    public long Changes { get; private set; }

    /// <summary>All keys in ascending order; a snapshot that later changes do not touch.</summary>
    public IReadOnlyList<TKey> Keys
    {
        get
        {
            if (_ordered is null)
            {
                _ordered = [.. _rows.Keys];
                Array.Sort(_ordered);
            }

            return _ordered;
        }
    }

    /// <exception cref="KeyNotFoundException">There is no such row: a bug of the caller.</exception>
    public TValue this[TKey key] => _rows[key];

    public bool Contains(TKey key) => _rows.ContainsKey(key);

    public bool TryGet(TKey key, out TValue value) => _rows.TryGetValue(key, out value);

    /// <summary>The row, or a value of all zeros when there is none.</summary>
    public TValue GetOrDefault(TKey key) => _rows.GetValueOrDefault(key);

    /// <summary>The bytes under which a row stands in the state map.</summary>
    public byte[] MapKey(TKey key)
    {
        BorshWriter writer = new();
        writer.U8(Prefix);
        _encodeKey(key, writer);
        return writer.ToArray();
    }

    internal void Set(TKey key, TValue value)
    {
        bool existed = _rows.TryGetValue(key, out TValue old);
        Remember(key, existed, old);
        Changes++;
        _rows[key] = value;
        _ordered = existed ? _ordered : null;
        _dirty.Add(key);
    }

    internal void Remove(TKey key)
    {
        if (_rows.Remove(key, out TValue old))
        {
            Changes++;
            Remember(key, true, old);
            _ordered = null;
            _dirty.Add(key);
        }
    }

    internal override void BeginScope() => _inScope = true;

    internal override void EndScope(bool keep)
    {
        _inScope = false;
        for (int i = _undo.Count - 1; i >= 0 && !keep; i--)
        {
            if (_undo[i].Existed)
            {
                _rows[_undo[i].Key] = _undo[i].Old;
            }
            else
            {
                _rows.Remove(_undo[i].Key);
            }

            _ordered = null;
        }

        _undo.Clear();
    }

    internal override void Flush(StateMap map, BorshWriter keyScratch, BorshWriter valueScratch)
    {
        _flushOrder.AddRange(_dirty);
        _flushOrder.Sort();
        foreach (TKey key in _flushOrder)
        {
            keyScratch.Clear();
            keyScratch.U8(Prefix);
            _encodeKey(key, keyScratch);
            if (_rows.TryGetValue(key, out TValue value))
            {
                valueScratch.Clear();
                _encodeValue(value, valueScratch);
                map.Set(keyScratch.WrittenSpan, valueScratch.WrittenSpan);
            }
            else
            {
                map.Remove(keyScratch.WrittenSpan);
            }
        }

        _flushOrder.Clear();
        _dirty.Clear();
    }

    private void Remember(TKey key, bool existed, TValue old)
    {
        if (_inScope)
        {
            _undo.Add(new Undo(key, existed, old));
        }
    }

    private readonly record struct Undo(TKey Key, bool Existed, TValue Old);
}
