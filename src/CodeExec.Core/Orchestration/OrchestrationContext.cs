using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Orchestration;

/// <summary>
/// All that an orchestration may know and do. Everything here is recorded, so that a replay of the history makes the same
/// decisions; code in an orchestration that asks a clock, an id, a file or a socket directly breaks that.
/// </summary>
public abstract class OrchestrationContext
{
    public abstract string InstanceId { get; }

    /// <summary>The time of the step that is being taken; the same on replay.</summary>
    public abstract DateTimeOffset CurrentUtc { get; }

    public abstract bool IsReplaying { get; }

    /// <summary>An id derived from the instance and the count of ids it asked for; the same on replay.</summary>
    public abstract Guid NewGuid();

    /// <exception cref="ActivityFailedException">The activity failed, after all the retries that <paramref name="options"/> allow.</exception>
    public abstract Task<TOut> CallActivityAsync<TIn, TOut>(ActivityName<TIn, TOut> activity, TIn input, ActivityOptions? options = null);

    /// <summary>Starts another orchestration and waits for its end. The id is the instance's own with a count, unless given.</summary>
    /// <exception cref="SubOrchestrationFailedException">It failed or was terminated.</exception>
    public abstract Task<TOut> CallSubOrchestrationAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, TIn input, string? instanceId = null);

    /// <summary>Waits for an event from outside. Events that come before they are awaited are kept, in order.</summary>
    public abstract Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellationToken = default);

    /// <summary>A timer that fires at its time, also after a restart.</summary>
    public abstract Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken = default);

    /// <summary>What <see cref="InstanceStatus.CustomStatus"/> shows.</summary>
    public abstract void SetCustomStatus<T>(T status);

    /// <summary>Ends this run and starts the instance anew with a fresh history. Return right after calling it. Events not yet awaited are kept.</summary>
    public abstract void ContinueAsNew<T>(T input);

    /// <summary>Silent while replaying.</summary>
    public abstract ILogger Logger { get; }
}
