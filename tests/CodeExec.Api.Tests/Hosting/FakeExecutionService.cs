using System.Text;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;

namespace CodeExec.Api.Tests.Hosting;

/// <summary>Accepts executions as the real service does, and lets a test say what becomes of them.</summary>
public sealed class FakeExecutionService(SubmissionValidator validator, IExecutionStore store, ILogStore logs, ExecutionSignals signals, TimeProvider clock) : IExecutionService
{
    private readonly Dictionary<string, byte[]> _artifacts = [];
    private readonly Dictionary<string, byte[]> _displays = [];

    /// <summary>Called with each accepted execution; unless a test sets it, the program prints its stdin and exits with 0.</summary>
    public Func<FakeExecutionService, ExecutionRecord, ExecutionSpec, Task> OnAccepted { get; set; } = static (service, record, spec) => service.EchoAsync(record, spec);

    public TimeSpan? BusyFor { get; set; }

    public Exception? Fault { get; set; }

    public int Accepted { get; private set; }

    public Dictionary<string, string> Outputs { get; } = [];

    public async Task<SubmitOutcome> SubmitAsync(TenantId tenant, Submission submission, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ThrowFault();
        if (!validator.TryValidate(submission, out ExecutionSpec? spec, out IReadOnlyDictionary<string, string[]> errors))
        {
            return new SubmitOutcome.Invalid(errors);
        }

        if (BusyFor is { } wait)
        {
            return new SubmitOutcome.Busy(wait);
        }

        return await AcceptAsync(tenant, spec, key, cancellationToken);
    }

    public async Task<SubmitOutcome?> RerunAsync(TenantId tenant, ExecutionId id, IdempotencyKey? key, CancellationToken cancellationToken)
        => await FindAsync(tenant, id, cancellationToken) is null || await store.FindSpecAsync(id, cancellationToken) is not { } spec ? null : await AcceptAsync(tenant, spec, key, cancellationToken);

    private async Task<SubmitOutcome> AcceptAsync(TenantId tenant, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ExecutionRecord record = new()
        {
            Id = ExecutionId.New(clock),
            Tenant = tenant,
            Status = ExecutionStatus.Queued,
            Language = spec.Language,
            Version = spec.Version,
            Provider = spec.Provider,
            CreatedAt = clock.GetUtcNow(),
            Labels = spec.Labels,
        };
        switch (await store.CreateAsync(record, spec, key, cancellationToken))
        {
            case CreateOutcome.Existing existing:
                return new SubmitOutcome.Repeated(existing.Record);
            case CreateOutcome.Created created:
                Accepted++;
                await OnAccepted(this, created.Record, spec);
                return new SubmitOutcome.Accepted(created.Record);
            default:
                return new SubmitOutcome.KeyConflict();
        }
    }

    public Task EchoAsync(ExecutionRecord record, ExecutionSpec spec) => EndAsync(record, Encoding.UTF8.GetString(spec.Stdin), "", new ExecutionOutcome.Exited(0));

    /// <summary>Writes the feed of a program that printed this, and ends its execution.</summary>
    public async Task EndAsync(ExecutionRecord record, string stdout, string stderr, ExecutionOutcome outcome, StepResult? compile = null, StepResult? run = null)
    {
        await using (ILogWriter feed = await logs.OpenAsync(record.Id, CancellationToken.None))
        {
            feed.Append(ExecutionFeed.FirstEntry(record));
            feed.Append(Status(ExecutionStatus.Running));
            Append(feed, stdout, LogSource.Stdout);
            Append(feed, stderr, LogSource.Stderr);
            feed.Append(Status(outcome.ToStatus()));
            await store.TryUpdateAsync(
                record with
                {
                    Status = outcome.ToStatus(),
                    Outcome = outcome,
                    PreparedAt = record.CreatedAt.AddMilliseconds(1),
                    StartedAt = record.CreatedAt.AddMilliseconds(3),
                    EndedAt = record.CreatedAt.AddMilliseconds(31),
                    Compile = compile,
                    Run = run ?? (compile?.ExitCode is > 0 ? null : new StepResult
                    {
                        ExitCode = (outcome as ExecutionOutcome.Exited)?.Code,
                        Signal = (outcome as ExecutionOutcome.Signalled)?.Signal,
                        Limit = (outcome as ExecutionOutcome.LimitExceeded)?.Limit,
                        Stdout = new(stdout, null, stdout.Length, false),
                        Stderr = new(stderr, null, stderr.Length, false),
                        WallMs = 9.4,
                        CpuMs = 7.6,
                        MemoryBytes = 9_437_184,
                    }),
                },
                CancellationToken.None);
            feed.Append(Entry("Ended") with { Event = FeedEvent.Result });
        }

        signals.Notify(record.Id);
    }

    public LogEntry Entry(string message, LogSource source = LogSource.System) => new()
    {
        Sequence = 0,
        Timestamp = clock.GetUtcNow(),
        Level = source == LogSource.Stderr ? LogLevel.Error : LogLevel.Info,
        Source = source,
        Step = source == LogSource.System ? null : "run",
        Message = message,
    };

    public LogEntry Status(ExecutionStatus status) => Entry(status.ToString()) with { Event = FeedEvent.Status, Status = status };

    public async Task<ExecutionRecord?> FindAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken)
    {
        ThrowFault();
        return await store.FindAsync(id, cancellationToken) is { } record && record.Tenant == tenant ? record : null;
    }

    public async Task<ExecutionRecord?> WaitAsync(TenantId tenant, ExecutionId id, TimeSpan limit, CancellationToken cancellationToken)
    {
        using SignalWatch<ExecutionId> watch = signals.Watch(id);
        while (true)
        {
            Task news = watch.Next();
            if (await FindAsync(tenant, id, cancellationToken) is not { } record || record.Status.IsFinal())
            {
                return await FindAsync(tenant, id, cancellationToken);
            }

            try
            {
                await news.WaitAsync(limit, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                return record;
            }
        }
    }

    public async Task<ExecutionRecord?> StopAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken)
    {
        ExecutionRecord? record = await FindAsync(tenant, id, cancellationToken);
        if (record is not null && !record.Status.IsFinal())
        {
            await EndAsync(record, "", "", new ExecutionOutcome.Cancelled());
        }

        return record;
    }

    public async Task<bool> DeleteAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken)
    {
        if (await StopAsync(tenant, id, cancellationToken) is null)
        {
            return false;
        }

        await logs.DeleteAsync(id, cancellationToken);
        await store.DeleteAsync(id, cancellationToken);
        return true;
    }

    public Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

    public Task<ExecutionMetrics> GetMetricsAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
        => store.GetMetricsAsync(tenant, from, to, cancellationToken);

    public Task<string> ReadOutputAsync(CapturedOutput output, CancellationToken cancellationToken)
        => Task.FromResult(output.Blob is null ? output.Text : Outputs[output.Blob]);

    public Task<Stream?> OpenOutputAsync(CapturedOutput output, CancellationToken cancellationToken)
        => Task.FromResult<Stream?>(new MemoryStream(output.Blob is null ? Encoding.UTF8.GetBytes(output.Text) : Encoding.Latin1.GetBytes(Outputs[output.Blob])));

    public async Task GiveArtifactsAsync(ExecutionId id, params (ArtifactInfo Info, byte[] Content)[] artifacts)
    {
        foreach ((ArtifactInfo info, byte[] content) in artifacts)
        {
            _artifacts[$"{id}/{info.Path}"] = content;
        }

        ExecutionRecord record = (await store.FindAsync(id, CancellationToken.None))!;
        await store.TryUpdateAsync(record with { Artifacts = [.. artifacts.Select(artifact => artifact.Info)] }, CancellationToken.None);
    }

    public Task<Stream?> OpenArtifactAsync(TenantId tenant, ExecutionId id, string path, CancellationToken cancellationToken)
        => Task.FromResult<Stream?>(_artifacts.TryGetValue($"{id}/{path}", out byte[]? content) ? new MemoryStream(content) : null);

    public async Task GiveDisplaysAsync(ExecutionId id, params (DisplayInfo Info, byte[] Content)[] displays)
    {
        foreach ((DisplayInfo info, byte[] content) in displays.Where(display => display.Info.Id is not null))
        {
            _displays[$"{id}/{info.Id}"] = content;
        }

        ExecutionRecord record = (await store.FindAsync(id, CancellationToken.None))!;
        await store.TryUpdateAsync(record with { Displays = [.. displays.Select(display => display.Info)] }, CancellationToken.None);
    }

    public Task<Stream?> OpenDisplayAsync(TenantId tenant, ExecutionId id, string display, CancellationToken cancellationToken)
        => Task.FromResult<Stream?>(_displays.TryGetValue($"{id}/{display}", out byte[]? content) ? new MemoryStream(content) : null);

    private void Append(ILogWriter feed, string text, LogSource source)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            bool last = i == lines.Length - 1;
            if (!last || lines[i].Length > 0)
            {
                feed.Append(Entry(lines[i], source) with { Partial = last });
            }
        }
    }

    private void ThrowFault()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}
