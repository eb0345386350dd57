using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>Durable's context without durability: activities are called at once, timers wait, nothing is replayed.</summary>
internal sealed class LiveContext(string name, string instanceId, string input, Func<string, string, Task<string>> callActivity) : TaskOrchestrationContext
{
    private readonly Dictionary<string, TaskCompletionSource<string>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<(string Name, string Payload)> _kept = [];

    public override TaskName Name => new(name);

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => TimeProvider.System.GetUtcNow().UtcDateTime;

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

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        TimeSpan left = fireAt - CurrentUtcDateTime;
        return left > TimeSpan.Zero ? Task.Delay(left, TimeProvider.System, cancellationToken) : Task.CompletedTask;
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

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
