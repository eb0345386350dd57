using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Specifications.Running;

/// <summary>What was accepted may no longer be run: a language was removed, or a limit was lowered. Send it again to learn what is wrong.</summary>
public sealed class ValidationRefusedException(IReadOnlyDictionary<string, string[]> errors)
    : Exception($"This server no longer takes the program: {Mistakes.TextOf(errors)}")
{
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;
}
