using System;

namespace EnergyNode.Node.Network;

/// <summary>Every bound of the network layer, with the arithmetic behind it. Sizes in bytes.</summary>
public static class NetworkLimits
{
    /// <summary>u32 length + u8 kind.</summary>
    public const int FrameHeaderBytes = 5;

    /// <summary>
    /// Kind and payload of a frame between nodes. A block of 4 MiB travels whole; at 100 Mbit/s that is 0.34 s, the
    /// longest that a vote waits behind a frame already begun.
    /// </summary>
    public const int MaxFrameBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Kind and payload of a frame from a client: one batch of 2,000 commands of about 200 bytes is 400 KB.
    /// With <see cref="MaxClients"/> half-sent frames: 256 × 512 KiB = 128 MiB at worst.
    /// </summary>
    public const int ClientMaxFrameBytes = 512 * 1024;

    /// <summary>Client links at once. Buffers: 256 × 2 × 64 KiB = 32 MiB.</summary>
    public const int MaxClients = 256;

    /// <summary>
    /// Connections between accept and welcome. Each costs a TLS handshake (about 1 ms of CPU) and 64 KiB;
    /// 64 of them are 64 ms of work and 4 MiB.
    /// </summary>
    public const int MaxPendingHandshakes = 64;

    /// <summary>
    /// Of those, from one IPv4 address or IPv6 /64: a quarter, so that three hostile hosts leave room for validators.
    /// </summary>
    public const int MaxPendingPerAddress = 16;

    /// <summary>
    /// The hello: 2 version + 4 + 64 chain + 1 role + 32 key + 2 × 32 hashes + 4 + 255 address + 64 signature = 490,
    /// and 1 for the frame's kind; rounded up. Nothing larger is read before the peer has proved who it is.
    /// </summary>
    public const int MaxHelloBytes = 512;

    /// <summary>Twice the longest chain id that the ledger knows (a label of 32 bytes).</summary>
    public const int MaxChainIdBytes = 64;

    /// <summary>The longest usable DNS name, 249 characters of the 253 of RFC 1035 §2.3.4, and ":65535".</summary>
    public const int MaxAddressBytes = 255;

    /// <summary>
    /// Queued frames per peer and priority. 7 validators × 3 votes × 100 blocks/s = 2,100 votes/s: about 4 s of votes.
    /// </summary>
    public const int QueueFrames = 8_192;

    /// <summary>Queued bytes per peer and priority: four of the largest frames. 7 peers: 112 MiB.</summary>
    public const long QueueBytes = 4L * MaxFrameBytes;

    /// <summary>
    /// Queued bytes per client and priority: one of the largest frames and some answers. If all clients stop reading:
    /// 256 × 4 MiB = 1 GiB, for as long as the write-stall time-out.
    /// </summary>
    public const long ClientQueueBytes = MaxFrameBytes + (64 * 1024);

    /// <summary>What goes into one write: four TLS records of 16 KiB (RFC 8446 §5.1).</summary>
    public const int WriteBufferBytes = 64 * 1024;

    /// <summary>As much as one write of the other side.</summary>
    public const int ReadBufferBytes = 64 * 1024;

    /// <summary>
    /// Unsent bytes that the kernel takes before a write waits: what is in the kernel can no longer be overtaken.
    /// Two write buffers keep a link busy while the next one is filled.
    /// </summary>
    public const int UnsentBytesInKernel = 2 * WriteBufferBytes;

    /// <summary>Received frames that wait for a client's application before its link is read no further.</summary>
    public const int ClientInboxFrames = 1_024;

    /// <summary>Dial addresses per peer.</summary>
    public const int MaxAddressesPerPeer = 8;

    /// <summary>
    /// Keys that are refused for a while; further ones are only disconnected. Each has cost its owner a link and an
    /// offence; 4,096 × about 60 bytes.
    /// </summary>
    public const int MaxRefusedPeers = 4_096;

    /// <summary>
    /// A frame that was begun must be complete in this time: 4 MiB at 0.56 Mbit/s. Who sends a byte every now and then
    /// would else hold a buffer of that size for ever.
    /// </summary>
    public static readonly TimeSpan FrameTimeout = TimeSpan.FromSeconds(60);

    /// <summary>From one node: 64 MiB/s is half a gigabit link; 100,000 frames/s is 50 times the votes above.</summary>
    public static readonly RateQuota NodeQuota = new(64L * 1024 * 1024, 100_000);

    /// <summary>From one client: 8 MiB/s are 20 full batches (40,000 commands) a second.</summary>
    public static readonly RateQuota ClientQuota = new(8L * 1024 * 1024, 5_000);

    /// <summary>A delay shorter than a timer's precision is not worth a wait; the debt is carried on.</summary>
    public static readonly TimeSpan ShortestThrottle = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// Who wakes up this much later than it meant to was paused, or had no thread to run on: far above the precision of
    /// timers and a collection of garbage, far below the acceptable pause.
    /// </summary>
    public static readonly TimeSpan OwnStall = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a closing client waits for its queued frames to leave.</summary>
    public static readonly TimeSpan ClientDrainTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Pause after an accept that failed for want of file descriptors.</summary>
    public static readonly TimeSpan AcceptRetryDelay = TimeSpan.FromMilliseconds(100);
}
