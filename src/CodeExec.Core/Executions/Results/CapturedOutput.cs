namespace CodeExec.Core.Executions.Results;

/// <summary>What a program wrote on one stream, up to its limit.</summary>
/// <param name="Text">The whole text, or its beginning when <paramref name="Blob"/> holds the rest. Bytes that are not UTF-8 are U+FFFD here.</param>
/// <param name="Blob">Key of the blob with all bytes, when they are too many to stand in a record, or not UTF-8.</param>
/// <param name="TotalBytes">What the program wrote, kept or not.</param>
/// <param name="Truncated">More was written than the limit let us keep.</param>
public sealed record CapturedOutput(string Text, string? Blob, long TotalBytes, bool Truncated)
{
    public static readonly CapturedOutput Empty = new("", null, 0, false);
}
