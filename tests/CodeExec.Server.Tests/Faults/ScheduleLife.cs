using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Schedules;
using CodeExec.Core.Schedules.Running;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>What tests of schedules share: a data folder for several lives of a host, and a clock that only they move.</summary>
public abstract class ScheduleLife : IDisposable
{
    protected const string Hourly = "0 * * * *";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly GradingProvider _provider = new();

    private protected ManualTimeProvider Clock { get; } = new();

    protected static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        _data.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task<Life> StartAsync()
    {
        Life life = await Life.StartAsync(_data.FullName, _provider, Clock);
        await life.Get<ScheduleRecovery>().RunAsync(null, None);
        return life;
    }

    private protected static async Task<Schedule> CreateAsync(Life life, string cron, Func<ScheduleDraft, ScheduleDraft>? change = null)
    {
        ScheduleDraft draft = new() { Cron = cron, Work = Execution(life, """{"language":"python","code":"1","labels":{"own":"v"},"limits":{"wallTimeMs":600000},"tests":[{"stdin":"a","expected":"a"}]}""") };
        ScheduleOutcome outcome = await life.Get<ScheduleService>().CreateAsync(TenantId.Default, change?.Invoke(draft) ?? draft, null, None);
        return Assert.IsType<ScheduleOutcome.Saved>(outcome).Schedule;
    }

    private protected static DraftedWork Execution(Life life, string json) => new(ScheduledKind.Execution, json, life.Get<IWorkForms>().Read(ScheduledKind.Execution, json));

    /// <summary>Programs go on until it is set.</summary>
    private protected TaskCompletionSource Hold()
    {
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.OnTest = (_, _) => held.Task;
        return held;
    }

    private protected static DateTimeOffset Hour(int hour) => new ManualTimeProvider().GetUtcNow().AddHours(hour);

    /// <summary>As soon as there are so many; and what they started has ended, unless it is held.</summary>
    private protected async Task<ScheduleRun[]> RunsAsync(Life life, Schedule schedule, int count)
    {
        while (true)
        {
            Schedule now = (await life.Get<ScheduleStore>().FindAsync(TenantId.Default, schedule.Id, None))!;
            if (now.Runs.Count >= count)
            {
                foreach (ScheduleRun run in now.Runs.Where(run => run.Execution is not null && _provider.OnTest("", 0).IsCompleted))
                {
                    await EndAsync(life, run);
                }

                Assert.Equal(count, now.Runs.Count);
                await PlannedAsync(life, schedule);
                return [.. now.Runs];
            }

            Clock.Advance(TimeSpan.FromTicks(1));
            await Task.Yield();
        }
    }

    /// <summary>It waits for its next time, or for a change: time that goes by before would be time in which it was not there.</summary>
    private protected static async Task PlannedAsync(Life life, Schedule schedule)
    {
        while (life.Engine.GetStats().RunningActivities.Where(activity => activity.Key.StartsWith("schedule.", StringComparison.Ordinal)).Sum(activity => activity.Value) > 0
            || (await life.Engine.FindAsync(ScheduleActivities.InstanceOf(schedule.Id), None))!.State != InstanceState.Running)
        {
            await Task.Yield();
        }
    }

    private protected async Task<ExecutionRecord> EndAsync(Life life, ScheduleRun run)
        => (await PassingAsync(life.Get<IExecutionService>().WaitAsync(TenantId.Default, run.Execution!.Value, TimeSpan.FromDays(365), None)))!;

    private protected static async Task<IReadOnlyList<ExecutionRecord>> StartedAsync(Life life, Schedule schedule)
        => (await life.Executions.ListAsync(new ExecutionQuery { Tenant = TenantId.Default, Labels = [new(Schedule.Label, schedule.Id)] }, None)).Items;

    /// <summary>While a task is awaited, time goes by.</summary>
    private protected async Task<T> PassingAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromTicks(10));
            await Task.Yield();
        }

        return await task;
    }
}
