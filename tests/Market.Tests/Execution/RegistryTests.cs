using System;
using EnergyNode.Ledger;
using Xunit;

namespace EnergyNode.Market.Tests.Execution;

/// <summary>Status, roles, the grid's parts and devices: every error of every command, in order.</summary>
public sealed class RegistryTests
{
    [Fact]
    public void A_suspended_account_can_only_take_back_and_an_inactive_one_is_given_nothing() =>
        RuleScript.Run(new MarketFixture(["A", "B"]), """
        gateway: read A 0 0 1 -> None
        A: bid A home-spot 10,000 1 gtc; bid A home-spot 10,000 1 gtc -> None
        gateway: status A suspended -> None
        A: transfer A B 1; grant A B; bid A home-spot 10,000 1; status B active; close 0 -> UserSuspended
        A: cancel A 1 -> None
        gateway: bid A home-spot 10,000 1; withdraw A 1 -> UserSuspended
        gateway: deposit A 1; meter M A; cancel A 2 -> None
        B: transfer B A 1 -> InsufficientBalance
        gateway: status A inactive -> None
        A: transfer A B 1 -> UserInactive
        gateway: deposit A 1; meter M2 A; bid A home-spot 10,000 1; give A Treasury -> UserInactive
        B: transfer B A 1; grant B A -> UserInactive
        gateway: withdraw A 1; read M 0 1 0; take A Treasury -> None
        gateway: status A active; deposit A 1 -> None
        A: transfer A B 1 -> None
        """);

    [Fact]
    public void Orders_of_a_suspended_account_are_honoured_and_its_meters_are_billed()
    {
        MarketFixture market = new(["A", "B"]);
        RuleScript.Run(market, """
            gateway: read A 0 1 0; read B 0 0 1 -> None
            A: bid A home-spot 60,000 1 gtc -> None
            gateway: status A suspended -> None
            B: ask B home-spot 10,000 1; ask B home-spot 10,000 1 -> None InsufficientBalance
            gateway: close 0 -> None
            """);
        Assert.Equal(new WattHours(1), market.State.Statements[MarketFixture.Account("A")].BoughtLocally);
    }

    [Fact]
    public void The_last_active_authority_and_governance_stay()
    {
        RuleScript.Run(new MarketFixture(["A", "B"]), """
            A: status nobody suspended; give nobody Authority -> UserNotFound
            A: status gateway suspended; take gateway Authority; take gateway Governance -> CannotRemoveLastAuthority
            A: status B suspended; give B Authority; take gateway Treasury -> UnauthorizedOperator
            gateway: status gateway inactive; take gateway Authority -> CannotRemoveLastAuthority
            gateway: give A Authority; give A Authority -> None
            gateway: give A None; give A 3; take A 63 -> InvalidRole
            """);
        RuleScript.Run(new MarketFixture(["A", "B"]), """
            gateway: give A Authority -> None
            A: give B Authority; take B Authority; give B Governance -> None None UnauthorizedOperator
            gateway: take gateway Authority -> None
            gateway: take A Authority -> CannotRemoveLastAuthority
            gateway: status A suspended -> CannotRemoveLastAuthority
            A: status gateway suspended -> CannotRemoveLastAuthority
            gateway: give B Governance -> None
            A: status gateway suspended; status B suspended -> None CannotRemoveLastAuthority
            """);
    }

    [Fact]
    public void A_suspended_authority_counts_as_none() => RuleScript.Run(new MarketFixture(["A", "B"]), """
        gateway: give A Authority; give B Authority; status B suspended -> None
        A: take gateway Authority; take A Authority -> None CannotRemoveLastAuthority
        gateway: take B Authority; take A Authority -> None CannotRemoveLastAuthority
        """);

    [Fact]
    public void Zones_feeders_and_connections_give_their_errors_in_order() =>
        RuleScript.Run(new MarketFixture(["A"]), """
        gateway: zone north; zone north -> None ZoneAlreadyExists
        A: zone north; feeder f nowhere 0 -> UnauthorizedOperator
        gateway: feeder f nowhere 0 -> ZoneNotFound
        gateway: feeder f north 0; feeder f north 1,000,000,001; feeder f north min -> InvalidRating
        gateway: feeder f north 1; feeder g north 1,000,000,000 -> None
        gateway: feeder f north 0 -> FeederAlreadyExists
        A: connect A f 1 both -> UnauthorizedOperator
        gateway: connect nothing nowhere 0 both -> MeterNotFound
        gateway: connect A nowhere 0 both -> FeederNotFound
        gateway: connect A f 0 both; connect A f 1 import; connect A f 1,000,000,001 export -> InvalidRating
        gateway: connect A f 1 both; connect A g 0 import; connect A f 1,000,000,000 export -> None
        """);

    [Fact]
    public void A_reading_must_agree_with_what_is_known_of_its_meter() =>
        RuleScript.Run(new MarketFixture(["A", "B", "C"]), """
        gateway: zone north; feeder f north 1,000 -> None
        gateway: connect A f 0 import; connect B f 4,000 export; connect C f 4,000 both -> None
        gateway: read A 0 6,001 1 -> ReadingAboveRating
        gateway: read A 0 6,000 1; read B 0 1 1,000 -> ReadingAgainstDirection
        gateway: read B 0 0 1,001; read C 0 1 1,001 -> ReadingAboveNameplate
        gateway: read A 0 6,000 0; read B 0 0 1,000; read C 0 6,000 1,000 -> None
        """);

    [Fact]
    public void A_replaced_meter_key_is_the_only_one_that_counts() => RuleScript.Run(new MarketFixture(["A"]), """
        A: rekey nothing new -> UnauthorizedOperator
        gateway: rekey nothing new -> MeterNotFound
        gateway: rekey A new -> None
        gateway: read A 0 1 1; read A 0 1 1 new -> WrongMeterKey None
        """);

    [Fact]
    public void Devices_give_their_errors_in_order() => RuleScript.Run(new MarketFixture(["A", "B"]), """
        A: asset nobody d pv A 0 -> UserNotFound
        A: asset B d pv nothing 0 -> UnauthorizedOperator
        A: asset A d pv nothing 0 -> MeterNotFound
        A: asset A d pv B 0 -> NotTheOwner
        A: asset A d pv A 0; asset A d pv A -1; asset A d pv A 1,000,000,001 -> InvalidRating
        A: asset A d pv A 1; asset A e battery A 1,000,000,000 -> None
        A: asset A d pv A 0 -> AssetAlreadyExists
        B: hand nobody d A; hand A d nobody -> UserNotFound
        B: hand A d A -> TransferToSelf
        B: hand A d B; mark A d validated; mark A d created; mark A d retired -> UnauthorizedOperator
        B: hand B nothing A; mark B nothing retired -> AssetNotFound
        B: hand B d A; mark B d retired -> NotTheOwner
        gateway: mark B d validated -> NotTheOwner
        gateway: mark A d created -> InvalidAssetStatus
        gateway: mark A d validated; mark A d validated -> None InvalidAssetStatus
        A: hand A d B -> None
        gateway: mark A d validated; mark B d validated -> NotTheOwner None
        B: mark B d retired; mark B d retired; hand B d A -> None AssetRetired AssetRetired
        gateway: mark B d validated -> AssetRetired
        """);

    [Fact]
    public void The_registry_is_in_the_state_root_and_is_taken_back_with_its_batch()
    {
        MarketFixture market = new(["A"]);
        string Leaves() => string.Join('\n', market.State.Prefixed(25, 28));
        RuleScript.Run(market, """
            gateway: zone north; feeder f north 5; connect A f 7 both -> None
            A: asset A d heatpump A 9 -> None
            """);
        string before = Leaves();

        RuleScript.Run(market, """
            gateway atomic: feeder g north 5; status A suspended; zone north -> AtomicBatchFailed ~ ZoneAlreadyExists
            """.Replace("~", "AtomicBatchFailed", StringComparison.Ordinal));

        Assert.Equal(before, Leaves());
        Assert.Equal(4, before.Split('\n').Length);
        Assert.Equal(2, market.State.Zones.Count + market.State.Feeders.Count);
    }
}
