namespace CodeExec.Core.Executions.Results;

/// <summary>Something that a program showed: an image, a table, a page, a chart.</summary>
/// <param name="Id">Its number and the ending of its type, "2.png"; null for what was not kept.</param>
/// <param name="Name">As its program called it. One that comes again under its name takes the place of what it was.</param>
/// <param name="Mime">One of <see cref="Displays.DisplayTypes"/>; null for what was not kept.</param>
/// <param name="Step">In which step it came.</param>
/// <param name="Sequence">Of its entry in the feed.</param>
/// <param name="Refused">Why it was not kept (no type that is shown, too large, a link…); null when it was.</param>
public sealed record DisplayInfo(string? Id, string Name, string? Mime, long SizeBytes, string? Step, DateTimeOffset At, long Sequence, string? Refused = null);
