using EnergyNode.Ledger;

namespace EnergyNode.Consensus;

/// <summary>
/// Which validator set a height has, as far as this node knows: the one in force, the one before it, and the one that
/// is decided. A sender's number in a message is its place in the set of the message's height (STAKE-2).
/// </summary>
public sealed class SetHistory(SetForecast forecast)
{
    public SetForecast Forecast { get; private set; } = forecast;

    /// <summary>Takes what the execution of a block says about the heights after it.</summary>
    public void Advance(SetForecast forecast) => Forecast = forecast;

    /// <summary>The set that decides a height; null when it is too long ago.</summary>
    public ValidatorSet? Of(Height height) =>
        IsAhead(height) ? Forecast.Decided
        : IsCurrent(height) ? Forecast.InForce
        : height >= Forecast.BeforeSince ? Forecast.Before
        : null;

    /// <summary>By which a height is decided; null when it is too long ago.</summary>
    public ConsensusRules? RulesOf(Height height) =>
        IsAhead(height) ? Forecast.DecidedRules
        : IsCurrent(height) ? Forecast.Rules
        : height >= Forecast.BeforeSince ? Forecast.BeforeRules
        : null;

    /// <summary>
    /// Another protocol decided the heights of the set before, or will decide those of the next one: an honest sender
    /// may not have noticed yet.
    /// </summary>
    public bool IsNearChange =>
        (Forecast.BeforeRules ?? Forecast.Rules) != Forecast.Rules
        || (Forecast.DecidedRules ?? Forecast.Rules) != Forecast.Rules;

    /// <summary>The first height of the set that decides a height.</summary>
    public Height SinceOf(Height height) =>
        IsAhead(height) ? Forecast.Border!.Value
        : IsCurrent(height) ? Forecast.Since
        : Forecast.BeforeSince;

    /// <summary>
    /// Of a block above the border, or about one, that the set in force may have mined: it mines on until the block
    /// below the border is final, and what lies above is void then.
    /// </summary>
    public bool IsBurying(ConsensusMessage message)
    {
        // W11, W17
        return Forecast.Rules.Protocol == ConsensusProtocol.Pow && IsAhead(message.Height)
            && message is (ConsensusMessage.Mined or ConsensusMessage.Tip or ConsensusMessage.WantBranch);
    }

    /// <summary>At or above the border.</summary>
    public bool IsAhead(Height height) => Forecast.Border is { } border && height >= border;

    /// <summary>A height of the set in force.</summary>
    public bool IsCurrent(Height height) => height >= Forecast.Since && !IsAhead(height);
}
