using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;

namespace CodeExec.Engine.Embedded.Runs;

/// <summary>Something the code has asked for and not got yet.</summary>
internal abstract class OpenTask(HistoryEvent scheduled)
{
    /// <summary>The decision as it stands in the history.</summary>
    public HistoryEvent Scheduled { get; } = scheduled;

    public abstract void Complete(string? json);

    public abstract void Fail(FailureDetails failure);
}

internal abstract class OpenTask<T>(HistoryEvent scheduled) : OpenTask(scheduled)
{
    // Continuations run inside the episode, by its queue: no asynchronous continuations here.
    private readonly TaskCompletionSource<T> _source = new();

    public Task<T> Task => _source.Task;

    public override void Complete(string? json)
    {
        try
        {
            _source.TrySetResult(EngineJson.Read<T>(json));
        }
        catch (System.Text.Json.JsonException e)
        {
            _source.TrySetException(e); // the result no longer fits its type: the code may decide what that means
        }
    }

    public override void Fail(FailureDetails failure) => _source.TrySetException(Wrap(failure));

    public void Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);

    protected abstract Exception Wrap(FailureDetails failure);
}
