using System;
using System.Globalization;
using System.Text;
using EnergyNode.Ledger;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Evidence in words: <c>CULPRIT HEIGHT VIEW good</c>; anything but good proves nothing.</summary>
internal sealed class NamedEvidence : IEvidenceVerifier
{
    public Offence? Read(ReadOnlySpan<byte> evidence)
    {
        string[] words = Encoding.ASCII.GetString(evidence).Split(' ');
        return words.Length < 4
            ? null
            : new Offence(
                MarketFixture.Key(words[0]),
                new Height(long.Parse(words[1], CultureInfo.InvariantCulture)),
                long.Parse(words[2], CultureInfo.InvariantCulture),
                OffenceKind.DoubleVote);
    }

    public bool Proves(ReadOnlySpan<byte> evidence, ValidatorSet set) =>
        Encoding.ASCII.GetString(evidence).Split(' ')[3] == "good"
        && set.IndexOf(MarketFixture.Key(Encoding.ASCII.GetString(evidence).Split(' ')[0])) is not null;

    public Hash32 IdOf(ReadOnlySpan<byte> evidence) => Hash32.Of(evidence);
}
