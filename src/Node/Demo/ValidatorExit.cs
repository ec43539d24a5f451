using System.Globalization;

namespace EnergyNode.Node.Demo;

/// <summary>How a validator's process ended.</summary>
/// <param name="Code">128 + n after signal n.</param>
/// <param name="LastLines">Of its output, the newest last.</param>
internal sealed record ValidatorExit(string Validator, int Code, string LastLines)
{
    private const int AfterSignal = 128;

    /// <summary>Somebody else ended it.</summary>
    public bool IsBySignal => Code > AfterSignal;

    public override string ToString()
    {
        if (IsBySignal)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Validator} was ended by signal {Code - AfterSignal}");
        }

        string end = string.Create(
            CultureInfo.InvariantCulture, $"{Validator} stopped unexpectedly with exit code {Code}");
        return LastLines.Length == 0 ? end : $"{end}; it said: {LastLines}";
    }
}
