using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Batches;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Problems;
using CodeExec.Core.Reviews;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Contracts.Operations;

/// <summary>What has been kept long enough goes, of all tenants, and nothing else: on every pair of stores.</summary>
public abstract class RetentionContract : IAsyncLifetime
{
    private static readonly TenantId One = new("one"), Other = new("other");

    private readonly ManualTimeProvider _clock = new();
    private readonly EndedInstances _engine = new();
    private readonly IOptions<RetentionOptions> _options = Options.Create(new RetentionOptions());
    private IDocumentStore _documents = null!;
    private IBlobStore _blobs = null!;
    private BatchStore _batches = null!;
    private ReservedIds _ids = null!;

    private static CancellationToken None => CancellationToken.None;

    protected abstract Task<(IDocumentStore Documents, IBlobStore Blobs)> OpenAsync(TimeProvider clock);

    public async Task InitializeAsync()
    {
        (_documents, _blobs) = await OpenAsync(_clock);
        _batches = new BatchStore(_documents, _blobs);
        _ids = new ReservedIds(_documents, _clock);
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Batches_EndedLongAgo_GoWithAllThatBelongsToThem()
    {
        Batch old = await BatchAsync(One, BatchState.Completed, "key"), unfinished = await BatchAsync(One, BatchState.Running, null), others = await BatchAsync(Other, BatchState.Cancelled, null);
        _clock.Advance(_options.Value.Batches + TimeSpan.FromDays(1));
        Batch fresh = await BatchAsync(One, BatchState.Completed, null);

        Assert.Equal(2, await new BatchRetention(_batches, Removal(), _options, _clock).SweepAsync(None));

        Assert.Null(await _batches.FindAsync(One, old.Id, None));
        Assert.Null(await _batches.FindAsync(Other, others.Id, None));
        Assert.Empty(await _batches.ReadItemsAsync(old.Id, None).ToListAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => _batches.ReadSubmissionsAsync(old.Id, 0, None));
        Assert.Contains($"batch-{old.Id}-1", _engine.Purged);
        Assert.Equal([fresh.Id, unfinished.Id], (await _batches.ListAsync(One, null, 10, None)).Select(batch => batch.Id));
        Assert.Single(await _batches.ReadItemsAsync(fresh.Id, None).ToListAsync());
    }

    [SkippableFact]
    public async Task Deliveries_MadeLongAgo_GoUnlessTheyAreStillTried()
    {
        DeliveryStore deliveries = new(_documents);
        await DeliverAsync("batch-1-1", DeliveryState.Delivered);
        await DeliverAsync("execution-1", DeliveryState.Failed);
        await DeliverAsync("execution-2", DeliveryState.Pending);
        _clock.Advance(_options.Value.Deliveries + TimeSpan.FromDays(1));
        await DeliverAsync("batch-2-1", DeliveryState.Delivered);

        Assert.Equal(2, await new DeliveryRetention(deliveries, _engine, _options, _clock).SweepAsync(None));

        Assert.Equal(["batch-2-1", "execution-2"], (await deliveries.ListAsync(One, "", None)).Select(delivery => delivery.Id));
        Assert.Equal(["callback-batch-1-1-1", "callback-execution-1-1"], _engine.Purged);

        Task DeliverAsync(string id, DeliveryState state) => deliveries.AddAsync(
            One, new Delivery { Id = id, Event = "e", Target = new CallbackTarget("https://example.org", null), Body = "{}", CreatedAt = _clock.GetUtcNow(), State = state }, None);
    }

    [SkippableFact]
    public async Task Validations_EndedLongAgo_GoFromTheirListsToo()
    {
        ValidationRuns runs = new(_documents, _blobs);
        ValidationRun old = await ValidateAsync(ValidationStatus.Completed), waiting = await ValidateAsync(ValidationStatus.Queued);
        _clock.Advance(_options.Value.Validations + TimeSpan.FromDays(1));
        ValidationRun fresh = await ValidateAsync(ValidationStatus.Completed);

        Assert.Equal(1, await new ValidationRetention(runs, _engine, _options, _clock).SweepAsync(None));

        Assert.Null(await runs.FindAsync(One, old.Id, None));
        Assert.Null(await runs.ReadReportAsync(old.Id, None));
        Assert.Equal([fresh.Id, waiting.Id], (await runs.ListAsync(One, SubjectKind.Specification, "s", 10, null, None)).Select(run => run.Id));
        Assert.Single(_engine.Purged);

        async Task<ValidationRun> ValidateAsync(ValidationStatus status)
        {
            ValidationRun run = new()
            {
                Id = (await _ids.ReserveAsync(One, null, None))!.Id,
                Tenant = One,
                Subject = new ValidationSubject { Kind = SubjectKind.Specification, SpecificationId = "s" },
                Status = status,
                Language = "python",
                CreatedAt = _clock.GetUtcNow(),
                EndedAt = status == ValidationStatus.Completed ? _clock.GetUtcNow() : null,
            };
            await runs.CreateAsync(run, None);
            _clock.Advance(TimeSpan.FromSeconds(1)); // their ids tell them apart
            return run;
        }
    }

    [SkippableFact]
    public async Task Reviews_MadeLongAgo_Go()
    {
        ReviewService reviews = new([new RulesReviewer()], _documents, _blobs, _clock, NullLogger<ReviewService>.Instance);
        string old = await ReviewAsync();
        _clock.Advance(_options.Value.Reviews + TimeSpan.FromDays(1));
        string fresh = await ReviewAsync();

        Assert.Equal(1, await new ReviewRetention(reviews, _options, _clock).SweepAsync(None));

        Assert.Null(await reviews.FindAsync(One, old, None));
        Assert.NotNull(await reviews.FindAsync(One, fresh, None));

        async Task<string> ReviewAsync()
        {
            string id = (await _ids.ReserveAsync(One, null, None))!.Id;
            await reviews.ReviewAsync(One, id, new ReviewRequest("python", [], new(), null, []), null, null, None);
            return id;
        }
    }

    [SkippableFact]
    public async Task Keys_UsedLongAgo_AreFree()
    {
        IdempotencyKey old = new("old", "f"), fresh = new("fresh", "f");
        await _ids.ReserveAsync(One, old, None);
        _clock.Advance(_options.Value.Keys + TimeSpan.FromDays(1));
        await _ids.ReserveAsync(One, fresh, None);

        Assert.Equal(1, await new ReservedIdRetention(_ids, _options, _clock).SweepAsync(None));

        Assert.Null(await _ids.FindAsync(One, old, None));
        Assert.NotNull(await _ids.FindAsync(One, fresh, None));
    }

    private BatchRemoval Removal()
        => new(_batches, new GradedBefore(_documents, _batches, new InMemoryExecutionStore(), new LanguageCatalog([]), new InstalledLanguages([]), _clock), new OwnProblems(new ProblemBlobs(_blobs), _documents, _clock), _ids, _engine);

    private async Task<Batch> BatchAsync(TenantId tenant, BatchState state, string? key)
    {
        Batch batch = new()
        {
            Id = BatchId.New(_clock),
            Tenant = tenant,
            Problem = new ProblemVersion("p", 1),
            ProblemFingerprint = "f",
            State = state,
            CreatedAt = _clock.GetUtcNow(),
            EndedAt = state.IsFinal() ? _clock.GetUtcNow() : null,
            Total = 1,
            ShardSize = 50,
            Concurrency = 1,
            Runs = 1,
            IdempotencyKey = key,
        };
        BatchItem item = new() { Index = 0, Key = "a", Language = "python", Hash = "h", State = BatchItemState.Done, Execution = ExecutionId.New(_clock) };
        await _batches.CreateAsync(batch, None);
        await _batches.WriteShardAsync(batch.Id, 0, [item], ShardTally.Of([item]), None);
        await _batches.WriteSubmissionsAsync(batch.Id, 0, [new Submission { Language = "python", Code = "x" }], None);
        _clock.Advance(TimeSpan.FromSeconds(1)); // their ids tell them apart
        return batch;
    }
}
