using CodeExec.Core.Containers;

namespace CodeExec.Core.Executions.Running.Leaving;

/// <summary>The containers that runs were left in, and go on in: nobody who cleans up may end them.</summary>
public sealed class LeftContainers(IExecutionStore executions, LeftRuns left)
{
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlySet<string>> ListAsync(CancellationToken cancellationToken)
    {
        HashSet<string> containers = new(StringComparer.Ordinal);
        await foreach (ExecutionId id in executions.ListUnfinishedAsync(cancellationToken))
        {
            if (await left.ReadAsync(id, cancellationToken) is { } run)
            {
                containers.Add(run.Container);
            }
        }

        return containers;
    }

    /// <summary>Removes what an earlier life of this host left, but for these.</summary>
    /// <inheritdoc cref="IContainerProvider.ReapAsync"/>
    public async Task<int> ReapAsync(IContainerProvider provider, CancellationToken cancellationToken)
        => provider is ILastingProvider lasting
            ? await lasting.ReapAsync(await ListAsync(cancellationToken), cancellationToken)
            : await provider.ReapAsync(cancellationToken);
}
