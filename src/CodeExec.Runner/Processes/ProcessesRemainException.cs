namespace CodeExec.Runner.Processes;

/// <summary>Processes of a case would not die. The container is not fit for another case, and must go.</summary>
internal sealed class ProcessesRemainException() : Exception("Processes of a case could not be ended: the container must be removed.");
