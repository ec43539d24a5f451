namespace EnergyNode.Actors;

/// <summary>Marks user messages that the cell looks at before, or instead of, the actor.</summary>
internal interface IAutoReceived;
