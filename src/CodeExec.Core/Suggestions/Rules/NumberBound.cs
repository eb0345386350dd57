namespace CodeExec.Core.Suggestions.Rules;

/// <summary>A bound that a text names.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="IsCount">Of how many values or letters there are.</param>
/// <param name="Name">What is bound, in "1 &lt;= n &lt;= 100"; null where it has no name.</param>
internal sealed record NumberBound(string Text, long? Low, long? High, bool IsCount, string? Name)
{
    /// <summary>The bounds, and their neighbours inside and outside; each with what it is.</summary>
    public IEnumerable<(long Value, bool IsOutside)> Values()
    {
        if (Low is { } low)
        {
            yield return (low, false);
        }

        if (High is { } high && high != Low)
        {
            yield return (high, false);
        }

        if (Low is > long.MinValue)
        {
            yield return (Low.Value - 1, true);
        }

        if (High is < long.MaxValue)
        {
            yield return (High.Value + 1, true);
        }
    }
}
