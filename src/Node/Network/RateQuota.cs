namespace EnergyNode.Node.Network;

/// <summary>How much one link may deliver per second; one second's worth may come at once.</summary>
public readonly record struct RateQuota(long BytesPerSecond, long FramesPerSecond);
