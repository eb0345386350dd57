namespace CodeExec.Functions.Intake;

/// <summary>Too much is waiting: the message is given out again later.</summary>
internal sealed class ServiceBusyException() : Exception("Too much is waiting; the queued submission is tried again later.");
