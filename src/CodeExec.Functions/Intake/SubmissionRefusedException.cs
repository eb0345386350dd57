namespace CodeExec.Functions.Intake;

/// <summary>A message that can not be accepted: it goes to the poison queue, with this as the reason in the log.</summary>
internal sealed class SubmissionRefusedException(string reason) : Exception($"A queued submission is refused: {reason}");
