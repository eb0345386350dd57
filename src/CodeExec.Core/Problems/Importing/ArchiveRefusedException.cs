namespace CodeExec.Core.Problems.Importing;

/// <summary>The archive can not be taken in; the message says why, and nothing of it was kept.</summary>
public sealed class ArchiveRefusedException(string message, Exception? inner = null) : Exception(message, inner);
