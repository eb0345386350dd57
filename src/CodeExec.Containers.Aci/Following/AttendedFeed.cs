using CodeExec.Containers.Aci.Sending;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Following;

/// <summary>A feed that can be listened to before anybody asks what it says: so the end of a waiting container is noticed.</summary>
internal sealed class AttendedFeed(RunnerFeed feed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _disposing = new();
    private Task<RunnerEvent?>? _next;

    /// <summary>Something has come since <see cref="BeginToListen"/>, if only the end.</summary>
    public bool HasSpoken => _next is { IsCompleted: true };

    /// <inheritdoc cref="RunnerFeed.FillFrom"/>
    public void FillFrom(SentEvents? sent) => feed.FillFrom(sent);

    public void BeginToListen() => _next = feed.ReadAsync(_disposing.Token).AsTask();

    /// <inheritdoc cref="RunnerFeed.ReadAsync"/>
    public async ValueTask<RunnerEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_next is not { } next)
        {
            return await feed.ReadAsync(cancellationToken);
        }

        RunnerEvent? received = await next.WaitAsync(cancellationToken);
        _next = null;
        return received;
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        if (_next is { } next)
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what it would have brought, nobody asks any more
        }

        await feed.DisposeAsync();
        _disposing.Dispose();
    }
}
