namespace CodeExec.Core.Executions.Results;

/// <param name="Refused">Why the file was not kept (a link, a device, too large…); null when it was.</param>
public sealed record ArtifactInfo(string Path, long SizeBytes, string? Refused = null);
