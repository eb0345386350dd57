using CodeExec.Core.Operations;
using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Status;

/// <summary>Asks every dependency for its state, all at once and none for longer than two seconds; an answer is good for one second, whoever asks.</summary>
internal sealed class HealthReport(IEnumerable<IDependencyCheck> checks, TimeProvider clock, ILogger<HealthReport> logger) : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2), GoodFor = TimeSpan.FromSeconds(1);

    private readonly IDependencyCheck[] _checks = [.. checks];
    private readonly SemaphoreSlim _asking = new(1, 1);
    private IReadOnlyList<(DependencyView View, DependencyHealth Health)>? _last;
    private DateTimeOffset _lastAt;

    public async Task<(DependencyHealth Worst, IReadOnlyList<DependencyView> Views)> AskAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_last is null || clock.GetUtcNow() - _lastAt >= GoodFor)
            {
                _last = await Task.WhenAll(_checks.Select(AskAsync));
                _lastAt = clock.GetUtcNow();
            }

            return (_last.Select(one => one.Health).DefaultIfEmpty().Max(), [.. _last.Select(one => one.View)]);
        }
        finally
        {
            _asking.Release();
        }
    }

    public static string NameOf(DependencyHealth health) => health switch
    {
        DependencyHealth.Up => "healthy",
        DependencyHealth.Degraded => "degraded",
        _ => "unhealthy",
    };

    public void Dispose() => _asking.Dispose();

    private async Task<(DependencyView, DependencyHealth)> AskAsync(IDependencyCheck check)
    {
        long started = clock.GetTimestamp();
        DependencyState state = await StateOfAsync(check);
        return (new(check.Name, NameOf(state.Health), state.Detail, (long)clock.GetElapsedTime(started).TotalMilliseconds), state.Health);
    }

    private async Task<DependencyState> StateOfAsync(IDependencyCheck check)
    {
        using CancellationTokenSource deadline = new(AnswerWithin, clock);
        try
        {
            return await check.CheckAsync(deadline.Token).WaitAsync(AnswerWithin, clock);
        }
        catch (Exception e)
        {
            logger.DependencyDown(e, check.Name);
            return new(DependencyHealth.Down, e is TimeoutException or OperationCanceledException ? "Does not answer in time." : "Failed; the server's log says how.");
        }
    }
}
