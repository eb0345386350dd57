namespace CodeExec.Client;

/// <summary>A file that was kept; its bytes come from <see cref="CodeExecClient.GetArtifactAsync"/>.</summary>
/// <param name="Url">Null for a file that was not kept.</param>
/// <param name="Refused">Why it was not kept: a link, a device, too large…</param>
public sealed record ExecutionArtifact(string Path, long SizeBytes, string? Url = null, string? Refused = null);
