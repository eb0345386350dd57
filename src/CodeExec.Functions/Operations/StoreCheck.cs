using CodeExec.Core.Executions;
using CodeExec.Core.Operations;

namespace CodeExec.Functions.Operations;

internal sealed class StoreCheck(IExecutionStore executions) : IDependencyCheck
{
    public string Name => "store";

    public async Task<DependencyState> CheckAsync(CancellationToken cancellationToken)
    {
        await executions.CountByStatusAsync(cancellationToken);
        return DependencyState.Up;
    }
}
