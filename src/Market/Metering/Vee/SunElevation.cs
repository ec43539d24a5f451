using EnergyNode.Ledger;

namespace EnergyNode.Market.Metering;

/// <summary>
/// VEE-12: the sun's height over the horizon without refraction, in whole numbers. Declination and equation of time are
/// the Fourier series of J. W. Spencer (Search 2, 1971, p. 172), good to about 0.05°; sines come from a table, good to
/// 4 × 10⁻⁵. Heights beyond 80° are coarse.
/// </summary>
internal static class SunElevation
{
    private const long Unit = 1_000_000;
    private const long FullCircle = 360 * Unit;
    private const long SecondsPerDay = 86_400;

    /// <summary>Mean year: 365.25 days.</summary>
    private const long SecondsPerYear = 31_557_600;

    /// <summary>1972-01-01, when a leap year begins: the series' day 0 fits best around it, within 0.75 days.</summary>
    private const long YearOrigin = 63_072_000 + (SecondsPerDay / 2);

    /// <summary>sin 0° … 90°, in millionths.</summary>
    private static readonly int[] Sines =
    [
        0, 17452, 34899, 52336, 69756, 87156, 104528, 121869, 139173, 156434, 173648, 190809, 207912, 224951, 241922,
        258819, 275637, 292372, 309017, 325568, 342020, 358368, 374607, 390731, 406737, 422618, 438371, 453990, 469472,
        484810, 500000, 515038, 529919, 544639, 559193, 573576, 587785, 601815, 615661, 629320, 642788, 656059, 669131,
        681998, 694658, 707107, 719340, 731354, 743145, 754710, 766044, 777146, 788011, 798636, 809017, 819152, 829038,
        838671, 848048, 857167, 866025, 874620, 882948, 891007, 898794, 906308, 913545, 920505, 927184, 933580, 939693,
        945519, 951057, 956305, 961262, 965926, 970296, 974370, 978148, 981627, 984808, 987688, 990268, 992546, 994522,
        996195, 997564, 998630, 999391, 999848, 1000000,
    ];

    /// <returns>−90,000,000 to 90,000,000.</returns>
    public static long MicroDegrees(Site site, Instant instant)
    {
        long seconds = instant.Seconds;
        long inYear = (((seconds - YearOrigin) % SecondsPerYear) + SecondsPerYear) % SecondsPerYear;
        long gamma = inYear * FullCircle / SecondsPerYear;
        long declination = ToMicroDegrees(
            (6_918 * Unit) - (399_912 * Cos(gamma)) + (70_257 * Sin(gamma)) - (6_758 * Cos(2 * gamma))
            + (907 * Sin(2 * gamma)) - (2_697 * Cos(3 * gamma)) + (1_480 * Sin(3 * gamma)));
        long equation = ToMicroDegrees(
            (75 * Unit) + (1_868 * Cos(gamma)) - (32_077 * Sin(gamma)) - (14_615 * Cos(2 * gamma))
            - (40_849 * Sin(2 * gamma)));
        long hourAngle = ((seconds % SecondsPerDay) * FullCircle / SecondsPerDay) - (FullCircle / 2)
            + site.LongitudeMicroDegrees + equation;
        long sine = ((Sin(site.LatitudeMicroDegrees) * Sin(declination))
            + (Cos(site.LatitudeMicroDegrees) * Cos(declination) / Unit * Cos(hourAngle))) / Unit;
        return ArcSin(sine);
    }

    /// <summary>From 10⁻¹² radian, with 1 radian = 57.295780°.</summary>
    private static long ToMicroDegrees(long picoRadians) => picoRadians / Unit * 57_295_780 / Unit;

    private static long Cos(long microDegrees) => Sin(microDegrees + (90 * Unit));

    /// <summary>In millionths, between two entries of the table along the chord.</summary>
    private static long Sin(long microDegrees)
    {
        long angle = ((microDegrees % FullCircle) + FullCircle) % FullCircle;
        bool negative = angle >= 180 * Unit;
        angle = negative ? angle - (180 * Unit) : angle;
        angle = angle > 90 * Unit ? (180 * Unit) - angle : angle;
        int degree = (int)(angle / Unit);
        long sine = degree == 90
            ? Sines[90]
            : Sines[degree] + ((Sines[degree + 1] - Sines[degree]) * (angle % Unit) / Unit);
        return negative ? -sine : sine;
    }

    private static long ArcSin(long sine)
    {
        long size = System.Math.Min(System.Math.Abs(sine), Unit);
        int degree = 0;
        while (degree < 89 && Sines[degree + 1] <= size)
        {
            degree++;
        }

        long angle = (degree * Unit) + ((size - Sines[degree]) * Unit / (Sines[degree + 1] - Sines[degree]));
        return sine < 0 ? -angle : angle;
    }
}
