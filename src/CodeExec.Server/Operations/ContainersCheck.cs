using CodeExec.Core.Containers;
using CodeExec.Core.Operations;

namespace CodeExec.Server.Operations;

/// <param name="isNeeded">False for a provider that only executions use which ask for it.</param>
internal sealed class ContainersCheck(IContainerProvider provider, bool isNeeded = true) : IDependencyCheck
{
    public string Name => provider.Name;

    public async Task<DependencyState> CheckAsync(CancellationToken cancellationToken)
    {
        ProviderHealth health = await provider.CheckAsync(cancellationToken);
        return health switch
        {
            { Problem: { } problem } => new DependencyState(isNeeded ? DependencyHealth.Down : DependencyHealth.Degraded, problem),
            { Weaknesses.Count: > 0 } => new DependencyState(DependencyHealth.Degraded, string.Join(" ", health.Weaknesses)),
            _ => DependencyState.Up,
        };
    }
}
