namespace EnergyNode.Ledger;

/// <summary>The registry's commands, tags 20 to 28.</summary>
internal static class RegistryCommandCodec
{
    private const byte SetUserStatus = 20;
    private const byte SetRole = 21;
    private const byte RegisterZone = 22;
    private const byte RegisterFeeder = 23;
    private const byte ConnectMeter = 24;
    private const byte ReplaceMeterKey = 25;
    private const byte CreateAsset = 26;
    private const byte TransferAsset = 27;
    private const byte SetAssetStatus = 28;

    /// <returns>False when the command is none of the registry's.</returns>
    public static bool TryEncode(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.SetUserStatus c:
                writer.Tag(SetUserStatus);
                writer.AccountId(c.Account);
                writer.Tag((byte)c.Status);
                return true;
            case Command.SetRole c:
                writer.Tag(SetRole);
                writer.AccountId(c.Account);
                writer.Tag((byte)c.Role);
                writer.Bool(c.Given);
                return true;
            case Command.RegisterZone c:
                writer.Tag(RegisterZone);
                writer.Label(c.Zone.Name);
                return true;
            case Command.RegisterFeeder c:
                writer.Tag(RegisterFeeder);
                writer.Label(c.Feeder.Name);
                writer.Label(c.Zone.Name);
                writer.I64(c.CapacityW);
                return true;
            case Command.ConnectMeter c:
                writer.Tag(ConnectMeter);
                writer.MeterId(c.Meter);
                writer.Label(c.Feeder.Name);
                writer.I64(c.NameplateW);
                writer.Tag((byte)c.Direction);
                return true;
            case Command.ReplaceMeterKey c:
                writer.Tag(ReplaceMeterKey);
                writer.MeterId(c.Meter);
                writer.PublicKey(c.Key);
                return true;
            default:
                return TryEncodeAsset(command, writer);
        }
    }

    /// <summary>Null when the tag is none of the registry's.</summary>
    public static Command? Decode(byte tag, ref BorshReader reader) => tag switch
    {
        SetUserStatus => new Command.SetUserStatus(
            reader.AccountId(), (UserStatus)reader.Tag((byte)UserStatus.Inactive)),
        SetRole => new Command.SetRole(reader.AccountId(), (Role)reader.Tag((byte)Roles.All), reader.Bool()),
        RegisterZone => new Command.RegisterZone(new ZoneId(reader.Label())),
        RegisterFeeder => new Command.RegisterFeeder(
            new FeederId(reader.Label()), new ZoneId(reader.Label()), reader.I64()),
        ConnectMeter => new Command.ConnectMeter(
            reader.MeterId(),
            new FeederId(reader.Label()),
            reader.I64(),
            (MeterDirection)reader.Tag((byte)MeterDirection.Export)),
        ReplaceMeterKey => new Command.ReplaceMeterKey(reader.MeterId(), reader.PublicKey()),
        CreateAsset => new Command.CreateAsset(
            reader.AccountId(),
            new AssetId(reader.Label()),
            (AssetKind)reader.Tag((byte)AssetKind.Load),
            reader.MeterId(),
            reader.I64()),
        TransferAsset => new Command.TransferAsset(
            reader.AccountId(), new AssetId(reader.Label()), reader.AccountId()),
        SetAssetStatus => new Command.SetAssetStatus(
            reader.AccountId(), new AssetId(reader.Label()), (AssetStatus)reader.Tag((byte)AssetStatus.Retired)),
        _ => null,
    };

    private static bool TryEncodeAsset(Command command, BorshWriter writer)
    {
        switch (command)
        {
            case Command.CreateAsset c:
                writer.Tag(CreateAsset);
                writer.AccountId(c.Owner);
                writer.Label(c.Asset.Name);
                writer.Tag((byte)c.Kind);
                writer.MeterId(c.Meter);
                writer.I64(c.NameplateW);
                return true;
            case Command.TransferAsset c:
                writer.Tag(TransferAsset);
                writer.AccountId(c.Owner);
                writer.Label(c.Asset.Name);
                writer.AccountId(c.To);
                return true;
            case Command.SetAssetStatus c:
                writer.Tag(SetAssetStatus);
                writer.AccountId(c.Owner);
                writer.Label(c.Asset.Name);
                writer.Tag((byte)c.Status);
                return true;
            default:
                return false;
        }
    }
}
