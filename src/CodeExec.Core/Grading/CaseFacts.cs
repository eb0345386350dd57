using CodeExec.Core.Executions.Results;

namespace CodeExec.Core.Grading;

/// <summary>How a program ended on a test, as the runner measured it.</summary>
/// <param name="StartError">Set when it could not be started at all: the reason.</param>
public sealed record CaseFacts(int? ExitCode, int? Signal, ResourceLimit? Limit, string? StartError = null);
