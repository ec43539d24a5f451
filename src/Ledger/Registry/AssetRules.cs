namespace EnergyNode.Ledger;

/// <summary>Devices. Each method refuses before it changes anything.</summary>
public sealed class AssetRules(LedgerState state)
{
    public LedgerError Create(AccountId signer, Command.CreateAsset command)
    {
        if (!state.Users.Contains(command.Owner))
        {
            return LedgerError.UserNotFound;
        }

        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!state.Meters.TryGet(command.Meter, out Meter meter))
        {
            return LedgerError.MeterNotFound;
        }

        if (state.Assets.Contains(command.Asset))
        {
            return LedgerError.AssetAlreadyExists;
        }

        if (meter.Owner != command.Owner)
        {
            return LedgerError.NotTheOwner;
        }

        if (command.NameplateW is < 1 or > Limits.MaxRatingW)
        {
            return LedgerError.InvalidRating;
        }

        state.Assets.Set(
            command.Asset,
            new Asset(command.Owner, command.Kind, command.Meter, command.NameplateW, AssetStatus.Created));
        return LedgerError.None;
    }

    public LedgerError Transfer(AccountId signer, Command.TransferAsset command)
    {
        if (!state.Users.Contains(command.Owner) || !state.Users.Contains(command.To))
        {
            return LedgerError.UserNotFound;
        }

        if (command.Owner == command.To)
        {
            return LedgerError.TransferToSelf;
        }

        LedgerError refusal = CheckAsset(signer, command, command.Owner, command.Asset, out Asset asset);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        state.Assets.Set(command.Asset, asset with { Owner = command.To, Status = AssetStatus.Created });
        return LedgerError.None;
    }

    public LedgerError SetStatus(AccountId signer, Command.SetAssetStatus command)
    {
        if (!state.Users.Contains(command.Owner))
        {
            return LedgerError.UserNotFound;
        }

        LedgerError refusal = CheckAsset(signer, command, command.Owner, command.Asset, out Asset asset);
        if (refusal != LedgerError.None)
        {
            return refusal;
        }

        if (command.Status <= asset.Status)
        {
            return LedgerError.InvalidAssetStatus;
        }

        state.Assets.Set(command.Asset, asset with { Status = command.Status });
        return LedgerError.None;
    }

    private LedgerError CheckAsset(
        AccountId signer, Command command, AccountId owner, AssetId id, out Asset asset)
    {
        bool known = state.Assets.TryGet(id, out asset);
        if (!AccessTable.Allows(state, signer, command))
        {
            return LedgerError.UnauthorizedOperator;
        }

        if (!known)
        {
            return LedgerError.AssetNotFound;
        }

        if (asset.Owner != owner)
        {
            return LedgerError.NotTheOwner;
        }

        return asset.Status == AssetStatus.Retired ? LedgerError.AssetRetired : LedgerError.None;
    }
}
