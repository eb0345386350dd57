namespace CodeExec.Runner.Workspaces;

/// <summary>How much may be sent back, all files together.</summary>
internal sealed record FileAllowance(long Bytes, int Count);
