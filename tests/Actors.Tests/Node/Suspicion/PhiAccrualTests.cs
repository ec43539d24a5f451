using EnergyNode.Actors.Node;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Actors.Tests.Node;

public sealed class PhiAccrualTests
{
    private static readonly FailureDetectorSettings NoPause = new() { AcceptablePause = default };

    [Theory]
    [InlineData(0, 0.3010)] // half of all heartbeats come later
    [InlineData(100, 0.7995)] // 15.87 %, one deviation
    [InlineData(200, 1.6430)] // 2.275 %
    [InlineData(300, 2.8697)] // 0.13499 %
    public void Phi_is_the_decimal_logarithm_of_the_chance_of_a_later_heartbeat(int beyondMillis, double expected)
    {
        PhiAccrual detector = Beating(NoPause, 100);
        Instant last = Village.Start.Plus(Duration.FromSeconds(100));
        Assert.Equal(expected, detector.Phi(last.Plus(Duration.FromMillis(1_000 + beyondMillis))), 0.05);
    }

    [Fact]
    public void Phi_only_grows_with_silence_and_the_acceptable_pause_shifts_it()
    {
        PhiAccrual detector = Beating(new FailureDetectorSettings(), 100);
        PhiAccrual strict = Beating(NoPause, 100);
        Instant last = Village.Start.Plus(Duration.FromSeconds(100));
        double previous = 0;
        for (int millis = 0; millis < 20_000; millis += 10)
        {
            double phi = detector.Phi(last.Plus(Duration.FromMillis(millis)));
            Assert.True(phi >= previous && double.IsFinite(phi));
            if (millis >= 3_000)
            {
                Assert.Equal(strict.Phi(last.Plus(Duration.FromMillis(millis - 3_000))), phi, 0.000_001);
            }

            previous = phi;
        }

        Assert.Equal(300, detector.Phi(last.Plus(Duration.FromSeconds(100_000))));
    }

    [Fact]
    public void Irregular_heartbeats_make_the_detector_patient_and_the_window_forgets_them()
    {
        PhiAccrual detector = new(NoPause with { MaxSamples = 50 });
        Instant now = Village.Start;
        for (int i = 0; i < 100; i++)
        {
            now = now.Plus(Duration.FromMillis(i % 2 == 0 ? 200 : 1_800));
            detector.Beat(now);
        }

        Assert.True(detector.Phi(now.Plus(Duration.FromMillis(2_000))) < 2);
        for (int i = 0; i < 51; i++)
        {
            now = now.Plus(Duration.FromSeconds(1));
            detector.Beat(now);
        }

        Assert.True(detector.Phi(now.Plus(Duration.FromMillis(2_000))) > 8);
    }

    [Fact]
    public void Without_a_heartbeat_and_for_a_clock_that_goes_back_nothing_is_suspected()
    {
        PhiAccrual detector = new(NoPause);
        Assert.Equal(0, detector.Phi(Village.Start));
        detector.Beat(Village.Start);
        Assert.Equal(0, detector.Phi(Village.Start.Plus(Duration.FromSeconds(100))));
        detector.Beat(Village.Start.Plus(Duration.FromSeconds(-5)));
        Assert.Equal(0, detector.Phi(Village.Start.Plus(Duration.FromSeconds(-1))));
    }

    private static PhiAccrual Beating(FailureDetectorSettings settings, int beats)
    {
        PhiAccrual detector = new(settings);
        for (int i = 0; i <= beats; i++)
        {
            detector.Beat(Village.Start.Plus(Duration.FromSeconds(i)));
        }

        return detector;
    }
}
