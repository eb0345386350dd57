using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using Microsoft.Extensions.Logging;

namespace CodeExec.Engine.Embedded.Runs;

/// <summary>The orchestration's view of its run.</summary>
internal sealed class RunContext : OrchestrationContext
{
    private readonly OrchestrationRun _run;
    private readonly RunStart _start;
    private int _tasks;
    private int _guids;

    public RunContext(OrchestrationRun run, RunStart start, ILogger logger)
    {
        _run = run;
        _start = start;
        _tasks = start.FirstTask;
        Logger = new ReplaySafeLogger(logger, () => run.IsReplaying);
    }

    public override string InstanceId => _start.InstanceId;

    public override DateTimeOffset CurrentUtc => _run.CurrentUtc;

    public override bool IsReplaying => _run.IsReplaying;

    public override ILogger Logger { get; }

    /// <summary>JSON of what the code set last.</summary>
    public string? CustomStatus { get; set; }

    /// <summary>JSON of the input of the next run, if the code has asked for one.</summary>
    public string? NextInput { get; private set; }

    /// <summary>The id the next call would get, for the run that follows this one.</summary>
    public int NextTask => _tasks;

    public override Guid NewGuid()
    {
        _run.EnsureInside();
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{InstanceId}/{_start.Number}/{_guids++}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // version 8: made by a scheme of our own
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    public override Task<TOut> CallActivityAsync<TIn, TOut>(ActivityName<TIn, TOut> activity, TIn input, ActivityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(activity);
        HistoryEvent decision = _run.Decide(HistoryEventKind.ActivityScheduled, ++_tasks, activity.Value, () => EngineJson.Write(input));
        return _run.Open(new OpenActivity<TOut>(decision, options));
    }

    public override Task<TOut> CallSubOrchestrationAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, TIn input, string? instanceId = null)
    {
        ArgumentNullException.ThrowIfNull(orchestration);
        HistoryEvent decision = _run.Decide(HistoryEventKind.SubOrchestrationScheduled, ++_tasks, orchestration.Value, () => EngineJson.Write(input));
        return _run.Open(new OpenSubOrchestration<TOut>(decision, instanceId ?? $"{InstanceId}:{_tasks}"));
    }

    public override Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellationToken = default)
    {
        _run.EnsureInside();
        return cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : _run.Events.WaitAsync<T>(name, cancellationToken);
    }

    public override Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken = default)
    {
        _run.EnsureInside();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }
        HistoryEvent decision = _run.Decide(HistoryEventKind.TimerCreated, ++_tasks, null, () => EngineJson.WriteTime(fireAt));
        OpenTimer timer = new(decision);
        Task fired = _run.Open(timer);
        CancellationTokenRegistration registration = cancellationToken.Register(
            () =>
            {
                if (_run.Close(decision.TaskId))
                {
                    timer.Cancel(cancellationToken);
                }
            });
        return cancellationToken.CanBeCanceled ? ForgetAfterwards(fired, registration) : fired;
    }

    public override void SetCustomStatus<T>(T status)
    {
        _run.EnsureInside();
        CustomStatus = EngineJson.Write(status);
    }

    public override void ContinueAsNew<T>(T input)
    {
        _run.EnsureInside();
        NextInput = EngineJson.Write(input);
    }

    private static async Task ForgetAfterwards(Task fired, CancellationTokenRegistration registration)
    {
        await using (registration)
        {
            await fired;
        }
    }
}
