namespace CodeExec.Client;

/// <param name="Connection">Null when it could not be opened this time.</param>
/// <param name="EndIsKnown">The execution had ended before the stream was opened.</param>
/// <param name="Failure">Why it could not be opened.</param>
internal readonly record struct EventStreamOpening(EventStreamConnection? Connection, bool EndIsKnown, CodeExecException? Failure);
