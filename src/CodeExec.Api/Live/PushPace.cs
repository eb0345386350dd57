namespace CodeExec.Api.Live;

/// <summary>At most 200 pushes a second to one viewer: what comes faster is sent together.</summary>
internal sealed class PushPace(TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    private long _last = clock.GetTimestamp() - clock.TimestampFrequency;

    /// <summary>Returns when the next push may go; at once, unless one has just gone.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan since = clock.GetElapsedTime(_last);
        if (since < Between)
        {
            await Task.Delay(Between - since, clock, cancellationToken);
        }

        _last = clock.GetTimestamp();
    }
}
