namespace CodeExec.Client;

/// <summary>Something that a program showed: an image, a table, a page, a chart. Its bytes come from <see cref="CodeExecClient.GetDisplayAsync"/>.</summary>
/// <param name="Id">"2.png"; null for what was not kept.</param>
/// <param name="Name">As its program called it. One that comes again under its name takes the place of what it was.</param>
/// <param name="Mime">"image/png", "text/html"…; null for what was not kept.</param>
/// <param name="Sequence">Of its entry in the feed.</param>
/// <param name="Data">The whole of it, if it is small, as <paramref name="Encoding"/> says: "utf8" or "base64". Not in lists.</param>
/// <param name="Refused">Why it was not kept: too large, no type that is shown…</param>
public sealed record ExecutionDisplay(
    string? Id, string Name, string? Mime, long SizeBytes, string? Step = null, DateTimeOffset At = default, long Sequence = 0, string? Url = null, string? Data = null, string? Encoding = null, string? Refused = null)
{
    /// <summary>It can stand on a terminal or in a page as it is: no image, no page.</summary>
    public bool IsText => Mime is "text/plain" or "text/markdown" or "text/csv" || Mime?.EndsWith("json", StringComparison.Ordinal) == true;
}
