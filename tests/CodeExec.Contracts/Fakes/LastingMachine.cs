using System.Runtime.CompilerServices;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Fakes;

/// <summary>One container of the cloud, and all that it has said.</summary>
internal sealed class LastingMachine(string owner, IContainer container, DateTimeOffset madeAt) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<RunnerEvent> _events = [];
    private readonly CancellationTokenSource _ended = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _running;
    private Exception? _lost;

    public string Id { get; } = Guid.NewGuid().ToString("n");

    public string Owner => owner;

    public IContainer Container => container;

    public DateTimeOffset MadeAt => madeAt;

    public bool HasJob => _running is not null;

    public long ForgottenTo { get; set; }

    public void Start(Job job, ContainerLimits limits) => _running = RunAsync(job, limits);

    public async IAsyncEnumerable<RunnerEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (after < ForgottenTo)
        {
            throw new ContainerLostException($"Events up to {ForgottenTo} are gone.", outOfMemory: false);
        }

        for (int at = 0; ;)
        {
            Task news;
            RunnerEvent? next;
            lock (_gate)
            {
                news = _news.Task;
                next = at < _events.Count ? _events[at] : null;
                if (next is null && _lost is not null)
                {
                    throw new ContainerLostException(_lost.Message, (_lost as ContainerLostException)?.OutOfMemory ?? false, _lost);
                }
            }

            if (next is null)
            {
                await news.WaitAsync(cancellationToken);
                continue;
            }

            at++;
            if (next.Sequence <= after)
            {
                continue;
            }

            yield return next;
            if (next is JobEndedEvent)
            {
                yield break;
            }
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await (_running ?? Task.CompletedTask);
        await container.DisposeAsync();
        _ended.Dispose();
    }

    private async Task RunAsync(Job job, ContainerLimits limits)
    {
        try
        {
            await foreach (RunnerEvent said in container.RunAsync(job, limits, _ended.Token))
            {
                Tell(() => _events.Add(said));
            }
        }
        catch (Exception e)
        {
            Tell(() => _lost = e);
        }
    }

    private void Tell(Action what)
    {
        TaskCompletionSource news;
        lock (_gate)
        {
            what();
            news = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        news.SetResult();
    }
}
