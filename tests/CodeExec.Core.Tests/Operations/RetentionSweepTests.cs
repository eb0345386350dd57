using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Progress;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Tests.Operations;

public sealed class RetentionSweepTests
{
    private readonly InMemoryExecutionStore _executions = new();
    private readonly InMemoryLogStore _logs = new();
    private readonly InMemoryBlobStore _blobs;
    private readonly EndedInstances _engine = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly RetentionOptions _options = new();

    public RetentionSweepTests() => _blobs = new InMemoryBlobStore(_clock);

    private readonly OtherKind _other = new();

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task RunAsync_EndedLongAgo_RemovesAllThatItStored()
    {
        ExecutionRecord old = await EndAsync(new IdempotencyKey("key", "f"));
        _clock.Advance(_options.Executions + TimeSpan.FromDays(1));
        ExecutionRecord fresh = await EndAsync(null);

        Swept swept = await SweepAsync();

        Assert.Equal(1, swept.Executions);
        Assert.Null(await _executions.FindAsync(old.Id, None));
        Assert.Null(await _executions.FindSpecAsync(old.Id, None));
        Assert.Empty(await _logs.ReadAsync(old.Id, 0, None).ToListAsync());
        Assert.Null(await _blobs.OpenReadAsync(ExecutionBlobs.Output(old.Id, "run", "stdout"), None));
        Assert.Equal([old.Id.ToString()], _engine.Purged);
        Assert.IsType<CreateOutcome.Created>(await _executions.CreateAsync(Queued(), ExecutionSamples.Spec(), new IdempotencyKey("key", "f"), None));
        Assert.NotNull(await _executions.FindAsync(fresh.Id, None));
        Assert.NotNull(await _blobs.OpenReadAsync(ExecutionBlobs.Output(fresh.Id, "run", "stdout"), None));
    }

    [Fact]
    public async Task RunAsync_UnfinishedForLong_IsLeftAlone()
    {
        ExecutionRecord waiting = ((CreateOutcome.Created)await _executions.CreateAsync(Queued(), ExecutionSamples.Spec(), null, None)).Record;
        _clock.Advance(_options.Executions * 10);

        Assert.Equal((0, 0), Counts(await SweepAsync()));

        Assert.NotNull(await _executions.FindAsync(waiting.Id, None));
    }

    [Fact]
    public async Task RunAsync_CompiledProgramsThatAreOldOrTooMany_RemovesTheOldestOnly()
    {
        _options.CompiledMb = 1;
        await _blobs.WriteAsync("compiled/old", new byte[10], None);
        _clock.Advance(_options.Compiled + TimeSpan.FromHours(1));
        await _blobs.WriteAsync("compiled/first", new byte[600_000], None);
        _clock.Advance(TimeSpan.FromHours(1));
        await _blobs.WriteAsync("compiled/second", new byte[600_000], None);
        await _blobs.WriteAsync("other", new byte[10], None);

        Assert.Equal((0, 2), Counts(await SweepAsync()));

        Assert.Equal(["compiled/second"], await _blobs.ListAsync("compiled/", None).Select(blob => blob.Key).ToListAsync());
        Assert.NotNull(await _blobs.OpenReadAsync("other", None));
    }

    [Fact]
    public async Task RunAsync_OtherKinds_AreSweptAndNamed()
    {
        _other.Old = 3;
        await _blobs.WriteAsync("compiled/old", new byte[10], None);
        _clock.Advance(_options.Compiled + TimeSpan.FromHours(1));

        Assert.Equal("1 compiled programs, 3 others", (await SweepAsync()).ToString());
        Assert.Equal("", (await SweepAsync()).ToString());
    }

    private static (int Executions, int Programs) Counts(Swept swept) => (swept.Executions, swept.CompiledPrograms);

    private Task<Swept> SweepAsync()
        => new RetentionSweep(_executions, new ExecutionRemoval(_executions, _engine, _logs, _blobs, new ExecutionSignals()), _blobs, [_other], Options.Create(_options), _clock).RunAsync(None);

    private ExecutionRecord Queued() => ExecutionSamples.Queued(_clock.GetUtcNow());

    private async Task<ExecutionRecord> EndAsync(IdempotencyKey? key)
    {
        ExecutionRecord created = ((CreateOutcome.Created)await _executions.CreateAsync(Queued(), ExecutionSamples.Spec(), key, None)).Record;
        await using ILogWriter feed = await _logs.OpenAsync(created.Id, None);
        feed.Append(ExecutionFeed.FirstEntry(created));
        await _blobs.WriteAsync(ExecutionBlobs.Output(created.Id, "run", "stdout"), new byte[10], None);
        return (await _executions.TryUpdateAsync(created.Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1)), None))!;
    }

    private sealed class OtherKind : IRetained
    {
        public int Old { get; set; }

        public string Name => "others";

        public Task<int> SweepAsync(CancellationToken cancellationToken)
        {
            (int removed, Old) = (Old, 0);
            return Task.FromResult(removed);
        }
    }
}
