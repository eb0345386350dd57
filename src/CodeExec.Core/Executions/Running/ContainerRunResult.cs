namespace CodeExec.Core.Executions.Running;

/// <summary>What came of an execution's time in a container.</summary>
/// <param name="Fresh">What was compiled for it, if that is worth keeping.</param>
public sealed record ContainerRunResult(ExecutionReport Report, FreshProgram? Fresh = null);

/// <summary>A program that was just compiled, and the key under which it is kept.</summary>
public sealed record FreshProgram(string Key, CompiledProgram Program);
