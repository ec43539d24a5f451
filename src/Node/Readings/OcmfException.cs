using System;

namespace EnergyNode.Node.Readings;

/// <summary>A signed record is not what it should be; the others of its file are not concerned.</summary>
internal sealed class OcmfException(string reason) : Exception(reason);
