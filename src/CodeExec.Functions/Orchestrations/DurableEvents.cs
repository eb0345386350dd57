using System.Text.Json;
using CodeExec.Core.Orchestration;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Orchestrations;

/// <summary>
/// Events in the order of their arrival, to waits in the order of theirs. Durable's own waits are a stack, and one that was cancelled stays on it and
/// swallows the next event: so there is one durable wait for each name, never cancelled, made anew only while somebody here waits.
/// </summary>
internal sealed class DurableEvents(TaskOrchestrationContext durable)
{
    private readonly Dictionary<string, Name> _names = new(StringComparer.OrdinalIgnoreCase);

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        if (!_names.TryGetValue(name, out Name? named))
        {
            _names.Add(name, named = new Name(name));
        }
        Wait<T> wait = new();
        if (named.Kept.TryDequeue(out string? kept))
        {
            wait.Complete(kept);
            return wait.Task;
        }
        named.Waits.Add(wait);
        wait.Registration = cancellationToken.Register(() =>
        {
            if (named.Waits.Remove(wait))
            {
                wait.Cancel(cancellationToken);
            }
        });
        if (!named.IsArmed)
        {
            named.IsArmed = true;
            _ = ReceiveAsync(named);
        }
        return wait.Task;
    }

    /// <summary>Sends what arrived and nobody awaited to the next run of the instance: it is not among what Durable keeps.</summary>
    public void CarryOver()
    {
        foreach (Name named in _names.Values)
        {
            while (named.Kept.TryDequeue(out string? kept))
            {
                durable.SendEvent(durable.InstanceId, named.Text, kept);
            }
        }
    }

    private async Task ReceiveAsync(Name named)
    {
        do
        {
            string payload = await durable.WaitForExternalEvent<string>(named.Text);
            if (named.Waits.Count == 0)
            {
                named.Kept.Enqueue(payload);
                continue;
            }
            IWait first = named.Waits[0];
            named.Waits.RemoveAt(0);
            first.Complete(payload);
        }
        while (named.Waits.Count > 0);
        named.IsArmed = false;
    }

    private interface IWait
    {
        void Complete(string payload);
    }

    private sealed class Name(string text)
    {
        public string Text { get; } = text;

        public List<IWait> Waits { get; } = [];

        public Queue<string> Kept { get; } = [];

        public bool IsArmed { get; set; }
    }

    private sealed class Wait<T> : IWait
    {
        private readonly TaskCompletionSource<T> _source = new(); // goes on at once, on the orchestration's own thread

        public Task<T> Task => _source.Task;

        public CancellationTokenRegistration Registration { get; set; }

        public void Complete(string payload)
        {
            Registration.Dispose();
            try
            {
                _source.TrySetResult(JsonSerializer.Deserialize<T>(payload, OrchestrationJson.Options)!);
            }
            catch (JsonException e)
            {
                _source.TrySetException(e); // the sender's payload is of another type: the code may decide what that means
            }
        }

        public void Cancel(CancellationToken cancellationToken) => _source.TrySetCanceled(cancellationToken);
    }
}
