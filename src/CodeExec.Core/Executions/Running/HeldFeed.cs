using CodeExec.Core.Progress;

namespace CodeExec.Core.Executions.Running;

/// <summary>
/// What a further run of the same program has to say: told if it failed, for then its outputs are the result; else it would be the first
/// run's over again.
/// </summary>
internal sealed class HeldFeed(ILogWriter feed, TimeProvider clock) : ILogWriter
{
    private const int MostCharacters = 256 * 1024;

    private readonly List<LogEntry> _held = [];
    private int _characters;
    private bool _isCut;

    public long LastSequence => feed.LastSequence;

    public long Append(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _isCut |= _characters + entry.Message.Length > MostCharacters;
        if (!_isCut)
        {
            _characters += entry.Message.Length;
            _held.Add(entry);
        }

        return 0;
    }

    public void Tell()
    {
        _held.ForEach(entry => feed.Append(entry));
        if (_isCut)
        {
            feed.Say(clock, ExecutionPlan.RunStep, LogLevel.Warn, "What else it wrote is in the outputs of this run alone");
        }
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The feed behind it is its owner's.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
