using System;

namespace EnergyNode.Simulation;

/// <summary>The digest of a run: every frame that was sent and every one that arrived, in their order.</summary>
internal sealed class FrameTrace
{
    private Fingerprint _all;
    private ReadOnlyMemory<byte> _lastPayload;
    private ulong _lastPrint;

    public ulong Value => _all.Value;

    public void Sent(in SentFrame frame)
    {
        // Most frames go to many, one after the other.
        if (!frame.Payload.Equals(_lastPayload))
        {
            _lastPayload = frame.Payload;
            _lastPrint = Fingerprint.Of(frame.Payload.Span);
        }

        Add(frame, 1);
        _all.Add(_lastPrint);
    }

    public void Arrived(in SentFrame frame) => Add(frame, 2);

    /// <summary>Something else that must be equal.</summary>
    public void Add(ulong value) => _all.Add(value);

    public void Add(ReadOnlySpan<byte> bytes) => _all.Add(bytes);

    private void Add(in SentFrame frame, byte what) =>
        _all.Add(what | ((ulong)frame.Kind << 8) | ((ulong)frame.From << 16) | ((ulong)frame.To << 32));
}
