using System;

namespace EnergyNode.Node.Oracle;

/// <summary>The queue cannot be used now. The message is one line.</summary>
internal sealed class ReadingQueueException : Exception
{
    public ReadingQueueException(string message)
        : base(message)
    {
    }

    public ReadingQueueException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
