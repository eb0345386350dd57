using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Core.Grading.Running;

/// <summary>Whether a test that ran beside others could have ended better alone.</summary>
internal static class TimeDoubt
{
    /// <summary>Less than this part of its time on a processor: it slept, and nobody kept it from running.</summary>
    private const double Busy = 0.1;

    /// <summary>Neighbours on the same machine can make a program take up to twice its time: caches, memory, a processor's other half.</summary>
    private const double NearTheLimit = 0.5;

    /// <summary>With whether its verdict would stand on another day.</summary>
    /// <param name="alone">Nothing of ours ran beside it.</param>
    public static TestResult Marked(TestResult result, ResourceLimits limits, bool alone) => Of(result, limits) ? result with { TimeIsSure = alone } : result;

    /// <returns>Null if nothing hangs on time.</returns>
    public static bool? AllSure(IEnumerable<TestResult> results)
        => results.Select(result => result.TimeIsSure).Where(sure => sure is not null).Aggregate((bool?)null, (all, sure) => (all ?? true) && sure == true);

    /// <returns>False for what was accepted: neighbours only ever made it harder.</returns>
    public static bool Of(TestResult result, ResourceLimits limits)
        => result.Verdict != Verdict.Accepted
            && (result.Limit is ResourceLimit.CpuTime
                || result.CpuMs > NearTheLimit * limits.CpuTimeMs
                || (result.WallMs > NearTheLimit * limits.WallTimeMs && result.CpuMs > Busy * result.WallMs));
}
