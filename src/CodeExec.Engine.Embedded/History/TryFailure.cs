using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.History;

/// <summary>The payload of <see cref="HistoryEventKind.TryFailed"/>.</summary>
/// <param name="Attempt">The number of the try that failed.</param>
/// <param name="Failures">How many tries have failed so far: what the retry policy counts. A restart is not a failure.</param>
internal sealed record TryFailure(int Attempt, int Failures, DateTimeOffset RetryAt, FailureDetails Failure);
