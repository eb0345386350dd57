namespace CodeExec.Runner.Hosting;

/// <summary>What the host sent is not a job that this runner can take.</summary>
internal sealed class JobFormatException(string message) : Exception(message);
