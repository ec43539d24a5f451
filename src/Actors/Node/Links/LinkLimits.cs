using EnergyNode.Actors.Ports;
using EnergyNode.Ledger;

namespace EnergyNode.Actors.Node;

/// <summary>Every bound of the scores of links, in points, with the arithmetic behind it.</summary>
public static class LinkLimits
{
    /// <summary>A link with this score is cut and refused for a while: ten bad signatures in a second.</summary>
    public const int RefuseAt = 1_000;

    /// <summary>From half of it on, each offence makes the node stop reading for <see cref="Pause"/>.</summary>
    public const int ThrottleAt = RefuseAt / 2;

    /// <summary>What a second forgives: a link is clean again 10 s after its last offence.</summary>
    public const int ForgivenPerSecond = 100;

    /// <summary>
    /// A frame that no honest peer sends (bad signature, malformed): one a second is forgiven as fast as it is scored,
    /// and costs 60 µs of verification, 0.006 % of a core.
    /// </summary>
    public const int BadFrame = 100;

    /// <summary>A fetched block that is not proved: verifying it has cost a quorum of signatures, up to 4 ms.</summary>
    public const int BadBlock = 500;

    /// <summary>The transport has ended the link over it: no second one is waited for.</summary>
    public const int Fatal = RefuseAt;

    /// <summary>
    /// Honest, when it comes late: two answers a second can (the retry of the fetching). Five times that is forgiven.
    /// </summary>
    public const int Unsolicited = 10;

    /// <summary>A gateway with a broken meter passes its readings on: ten a second are forgiven.</summary>
    public const int BadContent = 10;

    /// <summary>
    /// Replays, and what cannot be judged: 100 a second are forgiven. Honest peers do both while they catch up or join
    /// again; 100 × 60 µs are 0.6 % of a core.
    /// </summary>
    public const int Doubtful = 1;

    /// <summary>
    /// Digests of the last frames of a link, 4 KiB: a replayed message is recognised among some 1,024.
    /// </summary>
    public const int RememberedFrames = 1_024;

    /// <summary>
    /// Bytes of a frame's head, and of its tail, that its digest covers: no honest sender makes two frames of one
    /// length with the same 4 KiB at both ends, and 8 KiB are hashed in some 10 µs.
    /// </summary>
    public const int DigestBytes = 4 * 1024;

    /// <summary>
    /// Signed messages a second: 7 validators at 100 blocks/s send 300 each; at 60 µs, 2,000 are 12 % of a core.
    /// </summary>
    public const int MessagesPerSecond = 2_000;

    /// <summary>
    /// Messages at once: twice the 8,192 that an honest peer's queue can hold after a stall, and what is added.
    /// </summary>
    public const int MessageBurst = 20_000;

    /// <summary>
    /// Requests for batches or blocks: each may cost 1 MiB of answer. Honest: 8 wanted blocks each 100 ms are 80 a
    /// second, and catching up asks once for 64 blocks.
    /// </summary>
    public const int RequestsPerSecond = 500;

    /// <summary>Requests at once: ten seconds of the above, after a stall.</summary>
    public const int RequestBurst = 5_000;

    /// <summary>
    /// Everything else: spread batches and what clients send (whose own quota is 5,000). At 60 µs, 10,000 are 60 % of a
    /// core; their bytes are bounded by the transport.
    /// </summary>
    public const int OthersPerSecond = 10_000;

    /// <summary>Others at once: four queues of 8,192 frames.</summary>
    public const int OtherBurst = 32_768;

    /// <summary>
    /// Peers whose scores are kept: 100 validators, observers and 256 clients at a time, and ten times that of keys
    /// that came and went. 4,096 × about 200 bytes; links that are up have 4 KiB more.
    /// </summary>
    public const int MaxTracked = 4_096;

    /// <summary>
    /// Members that are shown: 100 validators and the observers that a configuration may name, ten times over.
    /// </summary>
    public const int MaxMembers = 1_024;

    /// <summary>Reading stops for so long at each offence of a throttled link: at most ten offences a second.</summary>
    public static readonly Duration Pause = Duration.FromMillis(100);

    /// <summary>The first refusal; doubled with each further one.</summary>
    public static readonly Duration FirstRefusal = Duration.FromSeconds(10);

    /// <summary>The longest refusal: a validator that was repaired is back within it.</summary>
    public static readonly Duration LongestRefusal = Duration.FromSeconds(600);

    /// <summary>Each such time without another refusal halves the next one.</summary>
    public static readonly Duration Forgetting = Duration.FromSeconds(1_800);

    /// <summary>The points of one offence.</summary>
    public static int PointsOf(LinkOffence offence) => offence switch
    {
        LinkOffence.Malformed or LinkOffence.BadSignature or LinkOffence.UnknownKind => BadFrame,
        LinkOffence.BadBlock => BadBlock,
        LinkOffence.Oversized or LinkOffence.Slow => Fatal,
        LinkOffence.Unsolicited => Unsolicited,
        LinkOffence.BadContent => BadContent,
        _ => Doubtful,
    };
}
