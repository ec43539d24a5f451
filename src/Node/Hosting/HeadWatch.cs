using System.Threading;

namespace EnergyNode.Node.Hosting;

/// <summary>The last executed height, readable from any thread.</summary>
internal sealed class HeadWatch
{
    private long _height;

    public long Height
    {
        get => Volatile.Read(ref _height);
        set => Volatile.Write(ref _height, value);
    }
}
