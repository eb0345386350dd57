namespace CodeExec.Core.Executions.Results;

/// <summary>What we failed to do. Never the user's fault, and never a stack trace.</summary>
public sealed record ExecutionError(string Type, string Message);
