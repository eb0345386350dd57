namespace CodeExec.Server.Hosting;

/// <summary>The server must not start as it is set up. The message is for the person who started it.</summary>
internal sealed class StartUpException(string message) : Exception(message);
