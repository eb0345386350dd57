namespace CodeExec.Client;

public sealed record ExecutionError(string? Type = null, string? Message = null);
