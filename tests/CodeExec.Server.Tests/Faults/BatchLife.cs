using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Batches in a <see cref="Life"/>: every program prints its input, so that a test is passed if it expects that.</summary>
internal sealed class BatchLife(Life life)
{
    public static readonly SubmittedSuite Echo = new() { Tests = [new() { Id = "1", Stdin = new("a"), Expected = new("a") }] };

    public BatchService Service => life.Get<BatchService>();

    public BatchRequeue Requeue => life.Get<BatchRequeue>();

    public async Task<CreateBatchOutcome> CreateAsync(BatchDraft draft, string? key, params BatchSubmission[] submissions)
        => await life.Get<BatchIntake>().CreateAsync(TenantId.Default, draft, submissions.ToAsyncEnumerable(), new BatchOrigin(key), CancellationToken.None);

    /// <summary>By tests of its own.</summary>
    public async Task<Batch> StartAsync(params BatchSubmission[] submissions) => await StartAsync(new BatchDraft { Suite = Echo }, submissions);

    public async Task<Batch> StartAsync(BatchDraft draft, params BatchSubmission[] submissions)
        => Assert.IsType<CreateBatchOutcome.Accepted>(await CreateAsync(draft, null, submissions)).Batch.Batch;

    public async Task<BatchSummary> EndAsync(Batch batch)
    {
        BatchSummary now;
        using SignalWatch<BatchId> watch = life.Get<BatchControl>().Watch(batch.Id);
        do
        {
            Task news = watch.Next();
            now = (await Service.FindAsync(TenantId.Default, batch.Id, CancellationToken.None))!;
            if (!now.Batch.IsOver)
            {
                await news.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
            }
        }
        while (!now.Batch.IsOver);
        return now;
    }

    public async Task<BatchItem[]> ItemsAsync(Batch batch) => await Service.ReadResultsAsync(batch, CancellationToken.None).ToArrayAsync();

    public static BatchSubmission Python(string code, string? key = null) => new(key, new Submission { Language = "python", Code = code });
}
