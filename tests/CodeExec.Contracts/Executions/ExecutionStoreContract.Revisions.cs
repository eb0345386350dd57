using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Contracts.Executions;

/// <summary>Who changes what it has read changes nothing that another has changed meanwhile.</summary>
public abstract partial class ExecutionStoreContract
{
    public static TheoryData<ExecutionOutcome> Outcomes() =>
    [
        new ExecutionOutcome.Exited(0),
        new ExecutionOutcome.Exited(3),
        new ExecutionOutcome.Signalled(11),
        new ExecutionOutcome.LimitExceeded(ResourceLimit.CpuTime),
        new ExecutionOutcome.CompileFailed(1),
        new ExecutionOutcome.CompileFailed(null),
        new ExecutionOutcome.Cancelled(),
        new ExecutionOutcome.InternalError(),
    ];

    [SkippableFact]
    public async Task TryNoteAsync_KnownRevision_IsSeenAtOnceAndCanBeUpdated()
    {
        ExecutionRecord created = await CreateAsync(Queued());

        ExecutionRecord? noted = await Store.TryNoteAsync(created.MoveTo(ExecutionStatus.Preparing), None);

        AssertSame(noted, await Store.FindAsync(created.Id, None));
        Assert.Equal(ExecutionStatus.Preparing, Assert.Single((await Store.ListAsync(new ExecutionQuery { Tenant = created.Tenant }, None)).Items).Status);
        Assert.Equal(1, (await Store.CountByStatusAsync(None))[ExecutionStatus.Preparing]);
        ExecutionRecord? running = await Store.TryUpdateAsync(noted!.MoveTo(ExecutionStatus.Running), None);
        AssertSame(running, await Store.FindAsync(created.Id, None));
    }

    [SkippableFact]
    public async Task TryNoteAsync_ChangedMeanwhileOrGone_IsRefused()
    {
        ExecutionRecord created = await CreateAsync(Queued());
        ExecutionRecord cancelled = (await Store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Cancelled), None))!;
        ExecutionRecord deleted = await CreateAsync(Queued());
        await Store.DeleteAsync(deleted.Id, None);

        Assert.Null(await Store.TryNoteAsync(created.MoveTo(ExecutionStatus.Preparing), None));
        Assert.Null(await Store.TryNoteAsync(deleted.MoveTo(ExecutionStatus.Preparing), None));

        AssertSame(cancelled, await Store.FindAsync(created.Id, None));
        Assert.Null(await Store.FindAsync(deleted.Id, None));
    }

    [SkippableTheory]
    [MemberData(nameof(Outcomes))]
    public async Task TryUpdateAsync_PresentRevision_IsFoundWithEveryField(ExecutionOutcome outcome)
    {
        ExecutionRecord created = await CreateAsync(Queued());
        StepResult step = new()
        {
            ExitCode = 1,
            Signal = 9,
            Limit = ResourceLimit.Memory,
            Stdout = new CapturedOutput("héllo\0\n\uFFFD", "outputs/x", 12, true),
            Stderr = CapturedOutput.Empty,
            WallMs = 1.25,
            CpuMs = 0.5,
            MemoryBytes = 9_437_184,
            FromCache = true,
        };
        ExecutionRecord changed = created with
        {
            Status = outcome.ToStatus(),
            Outcome = outcome,
            PreparedAt = Start.AddTicks(1),
            StartedAt = Start.AddTicks(2),
            EndedAt = Start.AddTicks(3),
            Compile = step,
            Run = step with { ExitCode = null, Signal = null, Limit = null },
            Artifacts = [new ArtifactInfo("out/a.txt", 3), new ArtifactInfo("link", 0, "a link")],
            Displays = [new DisplayInfo("1.png", "plot\n.png", "image/png", 3, "run", Start.AddTicks(4), 5), new DisplayInfo(null, "x", null, 0, null, Start, 6, "a link")],
            Error = new ExecutionError("container-lost", "It went away."),
        };

        ExecutionRecord? written = await Store.TryUpdateAsync(changed, None);

        Assert.NotNull(written);
        Assert.NotEqual(created.Revision, written.Revision);
        AssertSame(changed with { Revision = written.Revision }, written);
        AssertSame(written, await Store.FindAsync(created.Id, None));
        AssertSame(written, Assert.Single((await Store.ListAsync(new ExecutionQuery { Tenant = created.Tenant }, None)).Items));
    }

    [SkippableFact]
    public async Task TryUpdateAsync_OldRevision_ChangesNothing()
    {
        ExecutionRecord created = await CreateAsync(Queued());
        ExecutionRecord current = (await Store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Preparing), None))!;

        Assert.Null(await Store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Cancelled), None));

        AssertSame(current, await Store.FindAsync(created.Id, None));
    }

    [SkippableFact]
    public async Task TryUpdateAsync_ManyAtOnceFromOneRevision_OneWins()
    {
        ExecutionRecord current = await CreateAsync(Queued());
        for (int round = 0; round < 20; round++)
        {
            ExecutionRecord read = current;
            ExecutionRecord?[] written = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                i => Task.Run(() => Store.TryUpdateAsync(read with { Version = $"{round}-{i}" }, None))));

            current = Assert.Single(written.OfType<ExecutionRecord>());
            AssertSame(current, await Store.FindAsync(current.Id, None));
        }
    }

    [SkippableFact]
    public async Task TryUpdateAsync_DeletedExecution_DoesNotBringItBack()
    {
        ExecutionRecord created = await CreateAsync(Queued());
        await Store.DeleteAsync(created.Id, None);

        Assert.Null(await Store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Preparing), None));

        Assert.Null(await Store.FindAsync(created.Id, None));
    }
}
