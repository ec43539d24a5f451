using System;

namespace EnergyNode.Market.Books;

/// <summary>
/// Price levels sorted by key (higher is better, so the best is the last): a sorted directory of chunks of up to 64
/// levels. Finding is two binary searches; inserting moves at most one chunk, and a full chunk splits.
/// </summary>
internal sealed class FarLevels
{
    private const int ChunkSize = 64;
    private const int Half = ChunkSize / 2;

    private long[] _keys = new long[ChunkSize * 4];
    private int[] _levels = new int[ChunkSize * 4];
    private int[] _sizes = new int[4];
    private int[] _directory = new int[4];
    private int[] _freeChunks = new int[4];
    private int _freeCount;
    private int _chunksMade;
    private int _chunks;

    public int Count { get; private set; }

    /// <summary>The highest key; <see cref="long.MinValue"/> without levels.</summary>
    public long BestKey { get; private set; } = long.MinValue;

    /// <returns>The level with this key, or −1.</returns>
    public int Find(long key)
    {
        if (_chunks == 0)
        {
            return -1;
        }

        int chunk = _directory[DirectoryPosition(key)];
        int at = _keys.AsSpan(chunk * ChunkSize, _sizes[chunk]).BinarySearch(key);
        return at < 0 ? -1 : _levels[chunk * ChunkSize + at];
    }

    /// <param name="key">Not in the ladder.</param>
    /// <param name="level">The level's place in its pool.</param>
    public void Insert(long key, int level)
    {
        if (_chunks == 0)
        {
            InsertChunk(0);
        }

        int position = DirectoryPosition(key);
        if (_sizes[_directory[position]] == ChunkSize)
        {
            Split(position);
            position = DirectoryPosition(key);
        }

        int chunk = _directory[position];
        int start = chunk * ChunkSize;
        int size = _sizes[chunk];
        int at = ~_keys.AsSpan(start, size).BinarySearch(key);
        _keys.AsSpan(start + at, size - at).CopyTo(_keys.AsSpan(start + at + 1));
        _levels.AsSpan(start + at, size - at).CopyTo(_levels.AsSpan(start + at + 1));
        _keys[start + at] = key;
        _levels[start + at] = level;
        _sizes[chunk] = size + 1;
        Count++;
        RefreshBest();
    }

    /// <param name="key">In the ladder.</param>
    public void Remove(long key)
    {
        int position = DirectoryPosition(key);
        int chunk = _directory[position];
        int start = chunk * ChunkSize;
        int size = _sizes[chunk];
        int at = _keys.AsSpan(start, size).BinarySearch(key);
        _keys.AsSpan(start + at + 1, size - at - 1).CopyTo(_keys.AsSpan(start + at));
        _levels.AsSpan(start + at + 1, size - at - 1).CopyTo(_levels.AsSpan(start + at));
        _sizes[chunk] = size - 1;
        Count--;
        if (size == 1)
        {
            RemoveChunk(position);
        }

        RefreshBest();
    }

    /// <summary>The level at a cursor, counted from the best (<c>default</c>). It must not be past the end.</summary>
    public int LevelAt(FarCursor cursor) => _levels[PlaceOf(cursor)];

    /// <returns>The key at a cursor; <see cref="long.MinValue"/> past the end.</returns>
    public long KeyAt(FarCursor cursor) =>
        cursor.ChunksDone >= _chunks ? long.MinValue : _keys[PlaceOf(cursor)];

    /// <summary>One step towards the worst.</summary>
    public FarCursor After(FarCursor cursor) =>
        cursor.LevelsDone + 1 == _sizes[_directory[_chunks - 1 - cursor.ChunksDone]]
            ? new FarCursor(cursor.ChunksDone + 1, 0)
            : new FarCursor(cursor.ChunksDone, cursor.LevelsDone + 1);

    private int PlaceOf(FarCursor cursor)
    {
        int chunk = _directory[_chunks - 1 - cursor.ChunksDone];
        return chunk * ChunkSize + _sizes[chunk] - 1 - cursor.LevelsDone;
    }

    /// <summary>The last chunk whose first key is not greater than the key, or the first chunk.</summary>
    private int DirectoryPosition(long key)
    {
        int low = 0;
        int high = _chunks - 1;
        if (_keys[_directory[high] * ChunkSize] <= key)
        {
            return high;
        }

        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (_keys[_directory[middle] * ChunkSize] <= key)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private void Split(int position)
    {
        int upper = InsertChunk(position + 1);
        int lower = _directory[position];
        _keys.AsSpan(lower * ChunkSize + Half, Half).CopyTo(_keys.AsSpan(upper * ChunkSize));
        _levels.AsSpan(lower * ChunkSize + Half, Half).CopyTo(_levels.AsSpan(upper * ChunkSize));
        _sizes[lower] = Half;
        _sizes[upper] = Half;
    }

    private int InsertChunk(int position)
    {
        if (_freeCount == 0 && _chunksMade == _sizes.Length)
        {
            int capacity = _chunksMade * 2;
            Array.Resize(ref _keys, capacity * ChunkSize);
            Array.Resize(ref _levels, capacity * ChunkSize);
            Array.Resize(ref _sizes, capacity);
            Array.Resize(ref _directory, capacity);
            Array.Resize(ref _freeChunks, capacity);
        }

        int chunk = _freeCount > 0 ? _freeChunks[--_freeCount] : _chunksMade++;
        _directory.AsSpan(position, _chunks - position).CopyTo(_directory.AsSpan(position + 1));
        _directory[position] = chunk;
        _sizes[chunk] = 0;
        _chunks++;
        return chunk;
    }

    private void RemoveChunk(int position)
    {
        _freeChunks[_freeCount++] = _directory[position];
        _directory.AsSpan(position + 1, _chunks - position - 1).CopyTo(_directory.AsSpan(position));
        _chunks--;
    }

    private void RefreshBest() => BestKey = KeyAt(default);
}
