using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Functions.Tests.Orchestrations;

/// <summary>
/// Durable's context, where a test says what happens. It behaves as the official one where that surprises: waits for an event are a stack, and a cancelled one stays on it.
/// </summary>
internal sealed class ScriptedContext(string name, string instanceId, string input) : TaskOrchestrationContext
{
    private readonly Dictionary<string, Stack<TaskCompletionSource<string>>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string>> _buffered = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>In order; who checks one takes it off.</summary>
    public Queue<Decision> Decisions { get; } = [];

    public DateTimeOffset Now { get; set; }

    public string? Status { get; private set; }

    public override TaskName Name => new(name);

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => Now.UtcDateTime;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T? GetInput<T>()
        where T : default
        => (T)(object)input;

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Decision.Activity call = new(name.Name, (string)input!, new());
        Decisions.Enqueue(call);
        return (TResult)(object)await call.Result.Task;
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        Decision.SubOrchestration call = new(orchestratorName.Name, (string)input!, (options as SubOrchestrationOptions)?.InstanceId, new());
        Decisions.Enqueue(call);
        return (TResult)(object)await call.Result.Task;
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Assert.Equal(DateTimeKind.Utc, fireAt.Kind);
        Decision.Timer timer = new(new DateTimeOffset(fireAt), new());
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => timer.Fired.TrySetCanceled(cancellationToken));
        Decisions.Enqueue(timer);
        await timer.Fired.Task;
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        if (_buffered.TryGetValue(eventName, out Queue<string>? kept) && kept.TryDequeue(out string? first))
        {
            return (T)(object)first;
        }
        TaskCompletionSource<string> wait = new();
        if (!_waits.TryGetValue(eventName, out Stack<TaskCompletionSource<string>>? stack))
        {
            _waits.Add(eventName, stack = new());
        }
        stack.Push(wait);
        cancellationToken.Register(() => wait.TrySetCanceled(cancellationToken));
        return (T)(object)await wait.Task;
    }

    public void Raise(string eventName, string payload)
    {
        if (_waits.TryGetValue(eventName, out Stack<TaskCompletionSource<string>>? stack) && stack.TryPop(out TaskCompletionSource<string>? newest))
        {
            newest.TrySetResult(payload); // one that was cancelled swallows it
            return;
        }
        if (!_buffered.TryGetValue(eventName, out Queue<string>? kept))
        {
            _buffered.Add(eventName, kept = new());
        }
        kept.Enqueue(payload);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        Assert.Equal(InstanceId, instanceId);
        Decisions.Enqueue(new Decision.EventToItself(eventName, (string)payload));
    }

    public override void SetCustomStatus(object? customStatus) => Status = (string?)customStatus;

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        Assert.True(preserveUnprocessedEvents);
        Decisions.Enqueue(new Decision.NextRun((string)newInput!));
    }

    public override Guid NewGuid() => throw new InvalidOperationException("Ids come from our own scheme, which both engines share.");
}
