using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>What batches are told, when several say it at once, and when it comes at a bad time.</summary>
public sealed class BatchOrderTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly GradingProvider _provider = new();

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Control_ResumedBeforeThePauseWasHeard_GoesOn()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.OnTest = async (_, _) =>
        {
            begun.TrySetResult();
            await goOn.Task;
        };
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        BatchDraft draft = new() { Suite = BatchLife.Echo, Concurrency = 1 }; // one shard after the other
        Batch batch = await batches.StartAsync(draft, [.. Enumerable.Range(0, 60).Select(i => BatchLife.Python($"program {i}"))]);
        await begun.Task;
        LateEngine late = new(life.Engine);
        BatchService other = new(life.Get<BatchStore>(), null!, null!, life.Get<BatchControl>(), null!, late, TimeProvider.System);

        late.BeforeTheFirst = () => batches.Service.ControlAsync(TenantId.Default, batch.Id, BatchActivities.Resume, default);
        await other.ControlAsync(TenantId.Default, batch.Id, BatchActivities.Pause, default);
        goOn.SetResult();

        Assert.Equal(60, (await batches.EndAsync(batch)).Tally.Done);
    }

    [Fact]
    public async Task Cancel_WaitsForRoom_EndsWithoutIt()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        _provider.RetryAfter = TimeSpan.FromHours(1); // a quota is spent
        Batch batch = await batches.StartAsync(BatchLife.Python("one"));

        await batches.Service.ControlAsync(TenantId.Default, batch.Id, BatchActivities.Cancel, default);

        Assert.Equal((BatchState.Cancelled, 1), ((await batches.EndAsync(batch)).Batch.State, (await batches.EndAsync(batch)).Tally.Cancelled));
        Assert.Empty(_provider.Ran);
    }
}
