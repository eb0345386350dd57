using CodeExec.Core.Executions;
using CodeExec.Core.Storage;

namespace CodeExec.Core.Grading;

/// <summary>Where graded work keeps what is too large for a record. What belongs to an execution goes with it.</summary>
public static class GradingBlobs
{
    public static string Suite(ExecutionId id) => $"{ExecutionBlobs.Prefix(id)}grading/suite";

    public static string Results(ExecutionId id) => $"{ExecutionBlobs.Prefix(id)}grading/results";

    public static string Output(ExecutionId id, string test) => $"{ExecutionBlobs.Prefix(id)}grading/outputs/{BlobKey.Segment(test)}";

    /// <summary>What was known before a crash.</summary>
    public static string Journal(ExecutionId id) => $"{ExecutionBlobs.Prefix(id)}grading/journal";
}
