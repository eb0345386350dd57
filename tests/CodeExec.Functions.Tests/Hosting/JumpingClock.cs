namespace CodeExec.Functions.Tests.Hosting;

/// <summary>The time of day can be put forward: orchestrations that sleep wake, and nothing else notices.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private readonly Lock _gate = new();
    private TimeSpan _ahead;
    private TaskCompletionSource _jump = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return System.GetUtcNow() + _ahead;
        }
    }

    public void JumpTo(DateTimeOffset time)
    {
        TaskCompletionSource jump;
        lock (_gate)
        {
            _ahead = time - System.GetUtcNow();
            jump = _jump;
            _jump = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        jump.SetResult();
    }

    public async Task SleepUntilAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task jump;
            TimeSpan left;
            lock (_gate)
            {
                jump = _jump.Task;
                left = time - GetUtcNow();
            }
            if (left <= TimeSpan.Zero)
            {
                return;
            }
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(jump, Task.Delay(left, System, over.Token));
            await over.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
