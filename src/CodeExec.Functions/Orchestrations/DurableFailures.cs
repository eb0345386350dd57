using CodeExec.Core.Orchestration;
using Microsoft.DurableTask;

namespace CodeExec.Functions.Orchestrations;

internal static class DurableFailures
{
    public static FailureDetails ToFailure(this TaskFailureDetails details)
        => new(details.ErrorType, details.ErrorMessage, details.InnerFailure is { } inner ? inner.ToFailure() : null);
}
