using System;
using EnergyNode.Node.Oracle;
using Xunit;

namespace EnergyNode.Node.Tests.Oracle;

/// <summary>A test that needs a broker; passed over when the environment names none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RabbitFactAttribute : FactAttribute
{
    public RabbitFactAttribute()
    {
        if (Broker is null)
        {
            Skip = $"set {ServeCommand.BrokerVariable} to amqp://user:password@host";
        }
    }

    internal static string? Broker => Environment.GetEnvironmentVariable(ServeCommand.BrokerVariable);
}
