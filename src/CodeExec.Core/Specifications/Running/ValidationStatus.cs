namespace CodeExec.Core.Specifications.Running;

public enum ValidationStatus
{
    Queued,
    Running,

    /// <summary>There is a report.</summary>
    Completed,

    /// <summary>We could not do it; see the error.</summary>
    Failed,
    Cancelled,
}

public static class ValidationStatuses
{
    public static bool IsFinal(this ValidationStatus status) => status is ValidationStatus.Completed or ValidationStatus.Failed or ValidationStatus.Cancelled;
}
