namespace CodeExec.Runner.Processes;

/// <summary>What the living processes of a case use at one moment.</summary>
internal readonly record struct TreeUse(TimeSpan Cpu, long ResidentBytes, int Tasks);
