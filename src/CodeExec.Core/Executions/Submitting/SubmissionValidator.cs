using System.Diagnostics.CodeAnalysis;

namespace CodeExec.Core.Executions.Submitting;

public sealed class SubmissionValidator
{
    public bool TryValidate(Submission submission, [NotNullWhen(true)] out ExecutionSpec? spec, out IReadOnlyDictionary<string, string[]> errors) => throw new NotSupportedException(submission?.ToString());
}
