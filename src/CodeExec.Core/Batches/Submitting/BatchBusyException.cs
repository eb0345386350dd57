namespace CodeExec.Core.Batches.Submitting;

/// <summary>The same message is being taken in elsewhere, or was half taken in before a crash: it is given out again later.</summary>
public sealed class BatchBusyException() : Exception("The batch is being taken in already; its message is looked at again later.");
