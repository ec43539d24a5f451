using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

public sealed class ExactEnergyTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1234.56", "1234.56")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("1.50000000000", "1.5")]
    [InlineData("1.5E3", "1500")]
    [InlineData("1e-6", "0.000001")]
    [InlineData("0e999", "0")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("1000000000000", "1000000000000")]
    [InlineData("1000000000000.000001", "OutOfRange")]
    [InlineData("1e13", "OutOfRange")]
    [InlineData("1e400", "OutOfRange")]
    [InlineData("0.0000001", "TooFine")]
    [InlineData("1e-400", "TooFine")]
    [InlineData("1111111111111111111111111111111", "OutOfRange")]
    [InlineData("", "NotANumber")]
    [InlineData("-", "NotANumber")]
    [InlineData("NaN", "NotANumber")]
    [InlineData("1e", "NotANumber")]
    [InlineData("1e99999999999", "NotANumber")]
    [InlineData("٣", "NotANumber")]
    public void A_number_in_watt_hours_is_read_exactly_or_refused(string number, string expected)
    {
        ExactEnergy? energy = ExactEnergy.Parse(number, ExactEnergy.WattHourExponent, out EnergyFault fault);

        Assert.Equal(expected, energy?.ToString() ?? fault.ToString());
    }
}
