namespace CodeExec.Sender;

/// <summary>What is to be sent does not arrive, and will not.</summary>
internal sealed class SendingException(string message) : Exception(message);
