using CodeExec.Contracts.Executions;
using CodeExec.Core.Executions;
using CodeExec.Storage.Azure.Executions;

namespace CodeExec.Storage.Azure.Tests.Executions;

public sealed class TableExecutionStoreTests : ExecutionStoreContract
{
    protected override async Task<IExecutionStore> OpenAsync() => await TableExecutionStore.OpenAsync(await TemporaryAccount.OpenAsync(), TimeProvider.System, None);
}

public sealed class TableExecutionListTests : ExecutionListContract
{
    protected override async Task<IExecutionStore> OpenAsync() => await TableExecutionStore.OpenAsync(await TemporaryAccount.OpenAsync(), TimeProvider.System, None);
}
