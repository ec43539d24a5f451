using EnergyNode.Actors.Ports;

namespace EnergyNode.Simulation;

/// <summary>A frame on its way. It is lost when its connection ends before it arrives.</summary>
/// <param name="Frame">Whose it is.</param>
/// <param name="Received">What its receiver gets: the same for all who get the same bytes.</param>
/// <param name="Breaks">How many connections had ended in all when it was sent.</param>
internal readonly record struct Flight(SentFrame Frame, FrameReceived Received, long Breaks);
