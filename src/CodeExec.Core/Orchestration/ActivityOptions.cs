namespace CodeExec.Core.Orchestration;

/// <param name="Timeout">For one try. A try that takes longer counts as failed.</param>
public sealed record ActivityOptions(RetryPolicy? Retry = null, TimeSpan? Timeout = null)
{
    /// <summary>Waits out a queue that is full, and a store that is away for a while.</summary>
    public static readonly ActivityOptions Patient = new(new RetryPolicy(20, TimeSpan.FromMilliseconds(500), MaxDelay: TimeSpan.FromMinutes(1)));
}

/// <param name="MaxAttempts">1 means no retry.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstDelay, double BackoffFactor = 2, TimeSpan? MaxDelay = null)
{
    public TimeSpan DelayBefore(int attempt)
    {
        double ms = FirstDelay.TotalMilliseconds * Math.Pow(BackoffFactor, attempt - 2);
        return TimeSpan.FromMilliseconds(Math.Min(ms, (MaxDelay ?? TimeSpan.FromMinutes(10)).TotalMilliseconds));
    }
}
