using System;
using System.Text;
using EnergyNode.Node.Readings;
using Xunit;

namespace EnergyNode.Node.Tests.Readings;

/// <summary>Whatever a file holds, the answer is a report or a refusal.</summary>
public sealed class RandomInputTests
{
    private const int Seed = 20_260_301;

    [Fact]
    public void Random_bytes_are_refused_in_every_format()
    {
        Random random = new(Seed);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] bytes = new byte[random.Next(600)];
            random.NextBytes(bytes);
            Try(bytes, Prefix(random, bytes));
        }
    }

    [Theory]
    [InlineData("greenbutton/test_usage_data_01.xml", 200)]
    [InlineData("ocmf/test_ocmf_ebee_01.xml", 1_500)]
    [InlineData("ocmf/test_ocmf_transaction_two_values.xml", 1_500)]
    public void A_sample_with_random_changes_never_ends_in_an_exception(string name, int rounds)
    {
        Random random = new(Seed);
        byte[] sample = Encoding.UTF8.GetBytes(Inspect.SampleText(name));
        for (int i = 0; i < rounds; i++)
        {
            byte[] changed = (byte[])sample.Clone();
            for (int change = random.Next(4); change >= 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(0x09, 0x80);
            }

            Try(changed, null);
        }
    }

    private static ReadingFormat? Prefix(Random random, byte[] bytes)
    {
        string prefix = random.Next(4) switch
        {
            0 => "<feed xmlns='http://www.w3.org/2005/Atom'>",
            1 => "OCMF|{\"RD\":[",
            2 => "start_utc,meter_id,consumption_wh,generation_wh,import_wh,export_wh\n",
            _ => "",
        };
        byte[] head = Encoding.ASCII.GetBytes(prefix);
        head.AsSpan(0, Math.Min(head.Length, bytes.Length)).CopyTo(bytes);
        return random.Next(2) == 0 ? null : (ReadingFormat)random.Next(3);
    }

    private static void Try(byte[] bytes, ReadingFormat? format)
    {
        try
        {
            InspectionReport report = Inspect.Bytes(bytes, format);
            Assert.NotEmpty(InspectionJson.Write(report));
        }
        catch (UnreadableFileException error)
        {
            Assert.True(error is { Line: > 0, Column: > 0 });
        }
    }
}
