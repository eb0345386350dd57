using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Executions;

namespace CodeExec.Storage.Local.Tests.Fakes;

public sealed class FakeExecutionStoreTests : ExecutionStoreContract
{
    protected override Task<IExecutionStore> OpenAsync() => Task.FromResult<IExecutionStore>(new InMemoryExecutionStore());
}

public sealed class FakeExecutionListTests : ExecutionListContract
{
    protected override Task<IExecutionStore> OpenAsync() => Task.FromResult<IExecutionStore>(new InMemoryExecutionStore());
}
