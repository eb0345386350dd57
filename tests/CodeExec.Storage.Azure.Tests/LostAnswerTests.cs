using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Documents;
using CodeExec.Storage.Azure.Executions;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Storage.Azure.Tests;

/// <summary>The client repeats what got no answer, and what had taken effect then looks as if somebody else had been faster: it is still ours.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly LostAnswers _network = new();
    private readonly string _large = new('x', 200_000); // beside its row
    private AzureAccount _account = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => _account = AzureAccount.Open(await TemporaryAccount.OptionsAsync(), _network);

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task CreateAsync_AnswerIsLost_IsCreatedWhole()
    {
        TableExecutionStore store = await TableExecutionStore.OpenAsync(_account, new ManualTimeProvider(Start), None);
        ExecutionSpec spec = Spec(_large);
        ExecutionRecord record = Queued();

        _network.LosesTheNext = true;
        CreateOutcome outcome = await store.CreateAsync(record, spec, new IdempotencyKey("key", "f"), None);

        Assert.IsType<CreateOutcome.Created>(outcome);
        Assert.False(_network.LosesTheNext);
        AssertSame(spec, await store.FindSpecAsync(record.Id, None));
    }

    [SkippableFact]
    public async Task TryUpdateAsync_AnswerIsLost_IsWrittenAndCanBeRead()
    {
        TableExecutionStore store = await TableExecutionStore.OpenAsync(_account, new ManualTimeProvider(Start), None);
        ExecutionRecord record = Assert.IsType<CreateOutcome.Created>(await store.CreateAsync(Queued(), Spec(), null, None)).Record;
        StepResult run = new() { Stdout = new CapturedOutput(_large, null, _large.Length, false), Stderr = CapturedOutput.Empty };

        _network.LosesTheNext = true;
        ExecutionRecord? written = await store.TryUpdateAsync(record with { Run = run }, None);

        Assert.NotNull(written);
        Assert.False(_network.LosesTheNext);
        AssertSame(written, await store.FindAsync(record.Id, None));
    }

    [SkippableFact]
    public async Task TryWriteAsync_AnswerIsLost_IsWrittenOnce()
    {
        TableDocumentStore store = await TableDocumentStore.OpenAsync(_account, None);
        DocumentPartition partition = new("counts", "all");

        _network.LosesTheNext = true;
        bool created = await store.TryWriteAsync(partition, [DocumentWrite.Create("one", "1"u8.ToArray())], None);
        Document first = (await store.FindAsync(partition, "one", None))!;
        _network.LosesTheNext = true;
        bool changed = await store.TryWriteAsync(partition, [DocumentWrite.Update("one", "2"u8.ToArray(), first.Revision)], None);

        Assert.True(created && changed && !_network.LosesTheNext);
        Assert.Equal("2"u8.ToArray(), (await store.FindAsync(partition, "one", None))!.Json);
    }
}
