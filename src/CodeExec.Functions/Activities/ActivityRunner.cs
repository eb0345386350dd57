using CodeExec.Core.Orchestration;
using CodeExec.Functions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Activities;

/// <summary>
/// Runs one try of an activity, within a limit of ours. The Functions host must never be the one whose limit ends it: it would deliver the call again, without
/// end and without counting.
/// </summary>
internal sealed class ActivityRunner(IServiceProvider services, IOptions<FunctionsHostOptions> options, TimeProvider clock)
{
    /// <exception cref="TimeoutException">The try took too long; it counts as failed.</exception>
    public async Task<string> RunAsync(ActivityRegistration activity, ActivityEnvelope call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(activity);
        TimeSpan most = options.Value.ActivityLimit;
        TimeSpan limit = call.TimeoutMs is { } own && TimeSpan.FromMilliseconds(own) < most ? TimeSpan.FromMilliseconds(own) : most;
        using CancellationTokenSource deadline = new(limit, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await activity.RunAsync(services, new ActivityContext(call.InstanceId, call.TaskId, call.Attempt), call.Input, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Activity '{activity.Name}' took longer than {limit}.");
        }
    }
}
