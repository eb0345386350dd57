namespace CodeExec.Client;

/// <summary>A file that was kept; its bytes come from <see cref="CodeExecClient.GetArtifactAsync"/>.</summary>
public sealed record ExecutionArtifact(string Path, long SizeBytes, string? Url = null);
