namespace CodeExec.Cli.Tests.Doubles;

internal sealed record RecordedRequest(string Method, string Path, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body to the byte.</summary>
    public byte[] Content { get; init; } = [];
}
