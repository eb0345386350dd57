using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Containers.Pool;

/// <summary>Whether work may be accepted: not when its provider's quota is spent and nothing waits ready.</summary>
public sealed class ContainerRoom(ContainerProviders providers, ContainerPool pool)
{
    /// <param name="orchestration">Of the work that asks.</param>
    /// <exception cref="EngineBusyException">There is no room; it says when there may be.</exception>
    public void Require(string provider, string orchestration)
    {
        if (providers.Find(provider)?.RetryAfter is { } wait && pool.GetStats() is { Ready: 0, Waiting: var waiting })
        {
            throw new EngineBusyException(orchestration, waiting, wait);
        }
    }
}
