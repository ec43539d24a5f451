namespace EnergyNode.Actors.Node;

/// <summary>Asks the peers actor for the scores of links; answered with <see cref="LinksReport"/>.</summary>
public sealed record AskLinks;
