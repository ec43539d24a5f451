using EnergyNode.Ledger;
using EnergyNode.Node.Tests.Network;

namespace EnergyNode.Node.Tests.Setup;

/// <summary>A genesis in which every field has a value of its own.</summary>
internal static class SampleGenesis
{
    public static GenesisBlock Make() => new(
        ChainId.Parse("sample"),
        ConsensusProtocol.Pos,
        new Instant(1_470_038_400_123_456),
        new ValidatorSet(
        [
            new Validator(Label.Parse("validator-1"), FakeSigner.KeyOf(1), 1),
            new Validator(Label.Parse("validator-2"), FakeSigner.KeyOf(2), 3),
        ]),
        new MarketParameters(
            MarketClock.Oracle,
            Instant.FromSeconds(1_470_038_400),
            Duration.FromSeconds(900),
            Duration.FromMillis(1_500),
            new Price(10_000),
            new Price(220_000),
            new Price(50_000),
            AccountId.Parse("utility"),
            AccountId.Parse("grid-operator")),
        [BookId.Parse("home-spot"), BookId.Parse("other")],
        [
            new GenesisAccount(
                AccountId.Parse("utility"), UserKind.Operator, Role.None, FakeSigner.KeyOf(10), new Money(10_000)),
            new GenesisAccount(
                AccountId.Parse("grid-operator"), UserKind.Operator, Role.None, FakeSigner.KeyOf(11), Money.Zero),
            new GenesisAccount(
                AccountId.Parse("gateway"),
                UserKind.Operator,
                Role.OracleOperator | Role.AmiService,
                FakeSigner.KeyOf(12),
                Money.Zero),
            new GenesisAccount(
                AccountId.Parse("home-1"), UserKind.Prosumer, Role.None, FakeSigner.KeyOf(13), new Money(5)),
        ],
        [
            new Command.AssignMeter(
                MeterId.Parse("B01"), AccountId.Parse("home-1"), FakeSigner.KeyOf(14), 24_000, 7_600),
        ],
        [new AgentGrant(AccountId.Parse("home-1"), AccountId.Parse("gateway"))]);
}
