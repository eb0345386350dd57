namespace CodeExec.Client;

internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="failures">In a row, from 1.</param>
    public static TimeSpan After(int failures)
    {
        double factor = Math.Pow(2, Math.Min(failures - 1, 10));
        return TimeSpan.FromMilliseconds(Math.Min(First.TotalMilliseconds * factor, Longest.TotalMilliseconds));
    }
}
