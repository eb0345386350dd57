namespace CodeExec.Api.Codebae;

/// <param name="Output">What the program printed.</param>
/// <param name="Error">Why there was no success, for people: what the program or the compiler said, or which limit ended it. Null on success.</param>
/// <param name="ExecutionTime">Milliseconds of the run, without compiling and waiting.</param>
/// <param name="ExecutionId">For all else that is known of it: /api/executions/{id}.</param>
internal sealed record CodebaeAnswer(
    bool Success, string Output, string? Error, int? ExitCode, long ExecutionTime, string Language, string Status, long MemoryUsed, bool TimedOut, bool Truncated, string ExecutionId);
