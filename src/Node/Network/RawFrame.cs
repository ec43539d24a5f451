namespace EnergyNode.Node.Network;

/// <summary>A frame as read: a kind that was checked to be allowed, and a payload of its own.</summary>
internal readonly record struct RawFrame(byte Kind, byte[] Payload);
