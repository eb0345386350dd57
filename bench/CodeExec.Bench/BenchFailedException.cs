namespace CodeExec.Bench;

/// <summary>A measurement is void: something did not run, or answered wrongly.</summary>
internal sealed class BenchFailedException(string message) : Exception(message);
