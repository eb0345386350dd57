using CodeExec.Api.Requests;
using CodeExec.Core.Problems.Checks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Api.Grading;

/// <summary>Waits for the end of a check on behalf of a request.</summary>
internal sealed class CheckWait(CheckService checks, IHostApplicationLifetime lifetime)
{
    private const int LongestSeconds = 60;

    /// <summary>How long a request wants to wait for the end of a check; not at all unless it says so.</summary>
    public static TimeSpan Of(HttpContext context)
    {
        FieldErrors errors = new();
        TimeSpan wait = new QueryReader(context.Request, errors).Seconds("wait", LongestSeconds) ?? TimeSpan.Zero;
        errors.ThrowIfAny();
        return wait;
    }

    /// <summary>But not longer than the server means to live.</summary>
    public async Task<ProblemCheck> WaitAsync(HttpContext context, ProblemCheck check, TimeSpan wait)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            return await checks.WaitAsync(check, wait, either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return check;
        }
    }
}
