using CodeExec.Engine.Embedded.History;

namespace CodeExec.Engine.Embedded.Runs;

/// <summary>Events that nobody awaits yet, and waits that no event has ended yet: both in order.</summary>
/// <param name="isInside">False on a thread that must not touch the run; it has been reported then.</param>
internal sealed class EventBuffer(Func<bool> isInside)
{
    private readonly List<HistoryEvent> _kept = [];
    private readonly List<Wait> _waits = [];

    public bool HasWaits => _waits.Count > 0;

    /// <summary>Arrived and not awaited, in the order of arrival.</summary>
    public IReadOnlyList<HistoryEvent> Kept => _kept;

    public void Arrived(HistoryEvent received)
    {
        int index = _waits.FindIndex(wait => wait.Name == received.Name);
        if (index < 0)
        {
            _kept.Add(received);
            return;
        }
        Wait first = _waits[index];
        _waits.RemoveAt(index);
        first.Complete(received.Payload);
    }

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        Wait<T> wait = new(name);
        int index = _kept.FindIndex(received => received.Name == name);
        if (index >= 0)
        {
            HistoryEvent received = _kept[index];
            _kept.RemoveAt(index);
            wait.Complete(received.Payload);
        }
        else
        {
            _waits.Add(wait);
            wait.Registration = cancellationToken.Register(
                () =>
                {
                    if (isInside() && _waits.Remove(wait))
                    {
                        wait.Cancel(cancellationToken);
                    }
                });
        }
        return wait.Task;
    }

    private abstract class Wait(string name)
    {
        public string Name { get; } = name;

        public abstract void Complete(string? payload);
    }

    private sealed class Wait<T>(string name) : Wait(name)
    {
        private readonly TaskCompletionSource<T> _source = new();

        public CancellationTokenRegistration Registration { get; set; }

        public Task<T> Task => _source.Task;

        public override void Complete(string? payload)
        {
            Registration.Dispose();
            try
            {
                _source.TrySetResult(EngineJson.Read<T>(payload));
            }
            catch (System.Text.Json.JsonException e)
            {
                _source.TrySetException(e); // the sender's payload is of another type: the code may decide what that means
            }
        }

        public void Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);
    }
}
