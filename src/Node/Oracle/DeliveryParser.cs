using System;
using System.Globalization;
using EnergyNode.Market.Metering;

namespace EnergyNode.Node.Oracle;

/// <summary>Reads the body of a request or message: rows as in a file of readings, with its header (VEE-21).</summary>
internal static class DeliveryParser
{
    /// <param name="body">At most <see cref="OracleLimits.MaxDeliveryBytes"/> are read.</param>
    /// <param name="problem">Why null is returned: what is wrong and what to do.</param>
    public static Delivery? Parse(ReadOnlySpan<byte> body, out string problem)
    {
        if (body.Length > OracleLimits.MaxDeliveryBytes)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture,
                $"more than {OracleLimits.MaxDeliveryBytes:N0} bytes, send the readings in smaller parts");
            return null;
        }

        ParseResult<SampleFile> result = SampleFileParser.Parse("body", body);
        if (!result.Succeeded)
        {
            problem = string.Join('\n', result.Errors);
            return null;
        }

        if (result.Value.Samples.Count > OracleLimits.MaxDeliveryReadings)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture,
                $"more than {OracleLimits.MaxDeliveryReadings:N0} readings, send them in smaller parts");
            return null;
        }

        problem = "";
        return new Delivery(result.Value.Samples);
    }
}
