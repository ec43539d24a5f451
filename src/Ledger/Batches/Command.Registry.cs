namespace EnergyNode.Ledger;

/// <content>Users, the grid's parts, meters and devices.</content>
public abstract partial record Command
{
    /// <summary>Suspends a user, lets it go, or takes it back. By an authority.</summary>
    public sealed record SetUserStatus(AccountId Account, UserStatus Status) : Command;

    /// <summary>
    /// Gives or takes one role; twice is once. By the governance, and for <see cref="Role.Authority"/> also by an
    /// authority.
    /// </summary>
    /// <param name="Role">Exactly one.</param>
    public sealed record SetRole(AccountId Account, Role Role, bool Given) : Command;

    /// <summary>Names a zone. By an authority.</summary>
    public sealed record RegisterZone(ZoneId Zone) : Command;

    /// <summary>Names a feeder of a zone. By an authority.</summary>
    /// <param name="CapacityW">What it can carry in W, 1 … 10⁹.</param>
    public sealed record RegisterFeeder(FeederId Feeder, ZoneId Zone, long CapacityW) : Command;

    /// <summary>Says where a meter is and what it can measure; the last one counts. By the AMI service.</summary>
    /// <param name="NameplateW">1 … 10⁹ W that its devices can generate; 0 for import only.</param>
    public sealed record ConnectMeter(
        MeterId Meter, FeederId Feeder, long NameplateW, MeterDirection Direction) : Command;

    /// <summary>From here on the meter signs with another key. By the AMI service.</summary>
    public sealed record ReplaceMeterKey(MeterId Meter, PublicKey Key) : Command;

    /// <summary>Declares a device behind a meter of one's own. By the owner.</summary>
    /// <param name="NameplateW">Its rated power in W, 1 … 10⁹.</param>
    public sealed record CreateAsset(
        AccountId Owner, AssetId Asset, AssetKind Kind, MeterId Meter, long NameplateW) : Command;

    /// <summary>Hands a device to another user, for whom it must be validated again. By the owner.</summary>
    public sealed record TransferAsset(AccountId Owner, AssetId Asset, AccountId To) : Command;

    /// <summary>Validates a device, by the AMI service, or retires it, by the owner.</summary>
    /// <param name="Owner">Whose it is now, so that a transfer on the way is not validated unseen.</param>
    public sealed record SetAssetStatus(AccountId Owner, AssetId Asset, AssetStatus Status) : Command;
}
