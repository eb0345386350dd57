using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Sqlite;

namespace CodeExec.Server.Tests.Faults;

/// <summary>A whole execution with the first commit going wrong, then the second, and so on until none is left; each in four ways.</summary>
public sealed class ExecutionFaultTests : IDisposable
{
    private readonly EchoProvider _provider = new();
    private readonly string _data = ServerProcess.NewDataFolder();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Execution_AllGoesWell_IsThreeCommits()
    {
        DiskFaults commits = new();
        await using Life life = await Life.StartAsync(_data, _provider, new ManualTimeProvider(), commits);
        int before = commits.Commits;

        ExecutionRecord record = await AcceptAsync(life);
        await life.Engine.WaitForEndAsync(record.Id.ToString(), None);

        Assert.Equal(3, commits.Commits - before); // accepted with its start; ended with its feed; the orchestration's end
        await HasEndedOnceAsync(life, record.Id);
    }

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    [InlineData(Fault.DeathBefore)]
    [InlineData(Fault.DeathAfter)]
    public async Task Execution_AnyCommitGoesWrong_EndsOnceIfItWasAccepted(Fault fault)
    {
        bool isDeath = fault is Fault.DeathBefore or Fault.DeathAfter;
        int nth = 0;
        bool wasHit = true;
        while (wasHit)
        {
            nth++;
            int jobs = _provider.Jobs;
            DiskFaults faults = new();
            ExecutionRecord? accepted;
            ExecutionRecord tried = ExecutionSamples.Queued();
            await using (Life life = await Life.StartAsync(_data, _provider, faults: faults))
            {
                faults.Arm(fault, nth);
                accepted = await TryAcceptAsync(life, tried);
                Task ended = accepted is null ? faults.Mended : life.Engine.WaitForEndAsync(tried.Id.ToString(), None);
                await (isDeath ? Task.WhenAny(ended, faults.Hit) : ended);
                wasHit = faults.Hit.IsCompleted;
                if (!isDeath && accepted is null)
                {
                    Assert.Null(await life.Executions.FindAsync(tried.Id, None)); // refused is refused
                    Assert.Null(await life.Engine.FindAsync(tried.Id.ToString(), None));
                    Assert.Equal(jobs, _provider.Jobs);
                }
                else if (!isDeath)
                {
                    Assert.Equal(jobs + 1, _provider.Jobs); // a failing store is no reason to run a program again
                    Assert.Equal(0, life.Running.Count);
                }
            }

            await using Life next = await Life.StartAsync(_data, _provider);
            if (accepted is not null || await next.Executions.FindAsync(tried.Id, None) is not null)
            {
                await next.Engine.WaitForEndAsync(tried.Id.ToString(), None);
                await HasEndedOnceAsync(next, tried.Id);
            }

            Assert.Empty(await next.Executions.ListUnfinishedAsync(None).ToListAsync());
            Assert.Equal(0, _provider.Alive);
        }

        Assert.InRange(nth, 3, 10); // else the faults missed what they were meant for
    }

    private static async Task<ExecutionRecord?> TryAcceptAsync(Life life, ExecutionRecord record)
    {
        try
        {
            return Assert.IsType<CreateOutcome.Created>(await life.Acceptance.AcceptAsync(record, ExecutionSamples.Spec(), new IdempotencyKey(record.Id.ToString(), "f"), None)).Record;
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private static async Task<ExecutionRecord> AcceptAsync(Life life) => (await TryAcceptAsync(life, ExecutionSamples.Queued()))!;

    private static async Task HasEndedOnceAsync(Life life, ExecutionId id)
    {
        ExecutionRecord record = (await life.Executions.FindAsync(id, None))!;
        Assert.Equal((ExecutionStatus.Completed, "1\n"), (record.Status, record.Run!.Stdout.Text));
        List<LogEntry> feed = await life.Logs.ReadAsync(id, 0, None).ToListAsync();
        Assert.Equal(Enumerable.Range(1, feed.Count).Select(n => (long)n), feed.Select(entry => entry.Sequence));
        Assert.Equal(FeedEvent.Result, feed[^1].Event);
        Assert.Single(feed, entry => entry.Event == FeedEvent.Result);
        Assert.Single(feed, entry => entry.Status == ExecutionStatus.Completed);
    }
}
