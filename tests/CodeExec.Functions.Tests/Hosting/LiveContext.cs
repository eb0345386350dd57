using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>Durable's context without durability: activities are called at once, timers wait, nothing is replayed.</summary>
internal sealed class LiveContext(string name, string instanceId, string input, JumpingClock clock, Func<string, string, Task<string>> callActivity) : TaskOrchestrationContext
{
    private readonly Dictionary<string, TaskCompletionSource<string>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<(string Name, string Payload)> _kept = [];
    private readonly CancellationTokenSource _over = new();

    /// <summary>What it is to begin anew with when it has ended; null: it is over.</summary>
    public string? Next { get; private set; }

    public override TaskName Name => new(name);

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => clock.GetUtcNow().UtcDateTime;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T? GetInput<T>()
        where T : default
        => (T)(object)input;

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        try
        {
            return (TResult)(object)await callActivity(name.Name, (string)input!);
        }
        catch (Exception e)
        {
            throw new TaskFailedException(name.Name, 0, TaskFailureDetails.FromException(e));
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => SleepAsync(fireAt, cancellationToken);

    private async Task SleepAsync(DateTime until, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, cancellationToken);
        await clock.SleepUntilAsync(until, either.Token);
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        if (_kept.TryDequeue(out (string Name, string Payload) kept))
        {
            return (T)(object)kept.Payload;
        }
        return (T)(object)await (_waits[eventName] = new()).Task;
    }

    /// <summary>On the orchestration's own thread.</summary>
    public void Raise(string eventName, string payload)
    {
        if (_waits.Remove(eventName, out TaskCompletionSource<string>? wait))
        {
            wait.SetResult(payload);
            return;
        }
        _kept.Enqueue((eventName, payload));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => Next = (string)newInput!;

    /// <summary>Whoever waits in it waits no more.</summary>
    public void Abandon() => _over.Cancel();

    /// <summary>The same instance anew, with the events that nobody took.</summary>
    public LiveContext Continue()
    {
        LiveContext next = new(name, instanceId, Next!, clock, callActivity);
        foreach ((string Name, string Payload) kept in _kept)
        {
            next._kept.Enqueue(kept);
        }
        return next;
    }

    public override Guid NewGuid() => throw new NotSupportedException();
}
