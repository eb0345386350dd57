using CodeExec.Core.Containers;
using CodeExec.Core.Operations;

namespace CodeExec.Server.Operations;

internal sealed class ContainersCheck(IContainerProvider provider) : IDependencyCheck
{
    public string Name => provider.Name;

    public async Task<DependencyState> CheckAsync(CancellationToken cancellationToken)
    {
        ProviderHealth health = await provider.CheckAsync(cancellationToken);
        return health switch
        {
            { Problem: { } problem } => new DependencyState(DependencyHealth.Down, problem),
            { Weaknesses.Count: > 0 } => new DependencyState(DependencyHealth.Degraded, string.Join(" ", health.Weaknesses)),
            _ => DependencyState.Up,
        };
    }
}
