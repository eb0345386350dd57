namespace CodeExec.House.Tests.BannedSymbols;

/// <summary>Never called: here so that the scanner has something to find.</summary>
internal static class PlantedUses
{
    public static DateTimeOffset Clock() => DateTimeOffset.UtcNow;

    public static async Task WaitAsync(CancellationToken cancellationToken) => await Task.Delay(TimeSpan.FromDays(1), cancellationToken);

    public static CancellationTokenSource Deadline() => new(TimeSpan.FromDays(1));

    public static async Task<int> OfGenericTypeAsync(Task<int> task) => await task.WaitAsync(TimeSpan.FromDays(1));
}
