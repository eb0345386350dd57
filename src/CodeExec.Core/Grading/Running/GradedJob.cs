using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>Makes one job with many tests out of the plan for one run. What is expected has no place in it.</summary>
internal static class GradedJob
{
    /// <summary>The runner holds what it was not yet asked to give, and the host's line it came in.</summary>
    private const int MemoryForData = 3;

    /// <summary>What fits into the room that a runner has anyway.</summary>
    private const long SmallData = 2 << 20;

    public static async Task<ExecutionPlan> MakeAsync(ExecutionPlan plan, ResourceLimits limits, int runs, TestSuite suite, IReadOnlyList<GradedTest> tests, TestSuites data, CancellationToken cancellationToken)
    {
        List<JobCase> cases = new(tests.Count);
        long bytes = 0;
        foreach (GradedTest test in tests)
        {
            byte[] stdin = await data.ReadAsync(test.Stdin, cancellationToken);
            List<JobFile> files = [];
            foreach (TestFile file in test.Files)
            {
                files.Add(new JobFile(file.Path, await data.ReadAsync(file.Content, cancellationToken)));
            }

            if (suite.InputFile is { } input && files.TrueForAll(file => file.Path != input))
            {
                files.Add(new JobFile(input, stdin));
            }

            bytes += stdin.Length + files.Sum(file => (long)file.Content.Length);
            cases.Add(new JobCase
            {
                Id = test.Id,
                Stdin = stdin,
                Arguments = test.Args,
                Files = files,
                Collect = suite.OutputFile is { } output ? [output] : null,
                Runs = runs,
                Limits = test.Limits is null ? null : ExecutionPlanner.ToJobLimits(test.LimitsFrom(limits)),
            });
        }

        ResourceLimits[] all = [.. tests.Select(test => test.LimitsFrom(limits))];
        long memory = Math.Max(plan.Limits.MemoryBytes, ((long)all.Max(one => one.MemoryMb) << 20) + ExecutionPlanner.MemoryForRunner);
        return plan with
        {
            Job = plan.Job with
            {
                Artifacts = [],
                Steps = [.. plan.Job.Steps.Select(step => step.Name == ExecutionPlan.RunStep
                    ? step with { Cases = cases, RestoreWorkspace = true, ContinueOnFailure = true }
                    : step)],
            },
            Container = plan.Container with { WorkspaceMb = Math.Max(plan.Container.WorkspaceMb, all.Max(one => one.WorkspaceMb)) },
            Limits = plan.Limits with
            {
                MemoryBytes = bytes <= SmallData ? memory : memory + (bytes * MemoryForData),
                Processes = Math.Max(plan.Limits.Processes, all.Max(one => one.Processes) + ExecutionPlanner.ProcessesForRunner),
                Cpus = Math.Max(plan.Limits.Cpus, all.Max(one => one.Cpus ?? plan.Limits.Cpus)),
            },
            Deadline = plan.Deadline - TimeSpan.FromMilliseconds((long)runs * limits.LongestWallMs)
                + TimeSpan.FromMilliseconds(runs * all.Sum(one => (long)one.LongestWallMs)) + (ExecutionPlanner.Between * runs * tests.Count),
        };
    }
}
