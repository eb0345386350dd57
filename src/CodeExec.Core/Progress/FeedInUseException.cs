using CodeExec.Core.Executions;

namespace CodeExec.Core.Progress;

/// <summary>A second writer was opened while the first was open. Close the first, then open again.</summary>
public sealed class FeedInUseException(ExecutionId id) : InvalidOperationException($"The feed of execution {id} is open for writing already.")
{
    public ExecutionId Id { get; } = id;
}
