namespace CodeExec.House.Tests.BannedSymbols;

/// <param name="Id">As documentation comments write it: "M:System.Threading.Thread.Sleep(System.Int32)".</param>
internal sealed record BannedSymbol(string Id, string Message)
{
    public static IReadOnlyList<BannedSymbol> FromFile { get; } = Parse(Repository.Read("BannedSymbols.txt"));

    private static BannedSymbol[] Parse(string text)
        => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(';', 2, StringSplitOptions.TrimEntries))
            .Select(parts => new BannedSymbol(parts[0], parts[1]))
            .ToArray();
}
