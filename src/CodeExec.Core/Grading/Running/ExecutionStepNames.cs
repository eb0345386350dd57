namespace CodeExec.Core.Grading.Running;

internal static class ExecutionStepNames
{
    /// <summary>Under which the feed tells of tests.</summary>
    public const string Tests = "tests";
}
