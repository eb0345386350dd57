using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Running;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>The jobs of both sides of one test. What is hidden goes to the interactor's container alone.</summary>
internal static class InteractionJobs
{
    /// <summary>What an interactor of testlib's writes for a checker.</summary>
    public const string OutputFile = Folder + "/output";

    /// <summary>Where an interactor of ICPC's leaves what it says.</summary>
    private const string Feedback = Folder + "/feedback";

    private const string Folder = "judge-data";

    /// <summary>In the host's line, in the runner, and in the workspace, which is memory too.</summary>
    private const int MemoryForData = 5;

    /// <summary>The host looks at whose turn it is and for how long. The runners look at the whole, and in that are all our own times.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(2);

    /// <summary>The interactor's whole is over before the program's: nobody is charged for what took both so long.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<ExecutionPlan> ForProgramAsync(ExecutionPlan plan, GradedTest test, ResourceLimits limits, ResourceLimits interactor, TestSuites data, CancellationToken cancellationToken)
    {
        List<JobFile> files = [];
        foreach (TestFile file in test.Files)
        {
            files.Add(new JobFile(file.Path, await data.ReadAsync(file.Content, cancellationToken)));
        }

        ResourceLimits own = test.LimitsFrom(limits);
        long memory = Math.Max(plan.Limits.MemoryBytes, ((long)own.MemoryMb << 20) + ExecutionPlanner.MemoryForRunner);
        JobCase live = new() { Id = test.Id, Live = true, Arguments = test.Args, Limits = WithWall(own, WholeOf(own, interactor) + Later) };
        return Make(plan, files, live, memory, []) with
        {
            Container = plan.Container with { WorkspaceMb = Math.Max(plan.Container.WorkspaceMb, own.WorkspaceMb) },
        };
    }

    public static async Task<ExecutionPlan> ForInteractorAsync(ExecutionPlan plan, GradedTest test, JudgeProgram program, ResourceLimits limits, TestSuites data, CancellationToken cancellationToken)
    {
        byte[] input = await data.ReadAsync(test.Stdin, cancellationToken);
        byte[] answer = test.Expected is { } expected ? await data.ReadAsync(expected, cancellationToken) : [];
        bool icpc = program.Protocol == JudgeProtocol.Icpc;
        List<JobFile> files = [new($"{Folder}/input", input), new($"{Folder}/answer", answer)];
        if (icpc)
        {
            files.Add(new JobFile($"{Feedback}/.keep", []));
        }

        JobCase live = new()
        {
            Id = test.Id,
            Live = true,
            Arguments = icpc ? [$"{Folder}/input", $"{Folder}/answer", $"{Feedback}/", .. program.Args] : [$"{Folder}/input", OutputFile, $"{Folder}/answer", .. program.Args],
            Limits = WithWall(program.Limits, WholeOf(test.LimitsFrom(limits), program.Limits)),
        };
        long bytes = input.Length + answer.Length;
        return Make(plan, files, live, plan.Limits.MemoryBytes + (bytes * MemoryForData), [icpc ? $"{Feedback}/{JudgeSaid.Pattern}" : OutputFile]) with
        {
            Container = plan.Container with { WorkspaceMb = JudgeJob.WorkspaceFor(plan.Container.WorkspaceMb, bytes) },
        };
    }

    private static TimeSpan WholeOf(ResourceLimits program, ResourceLimits interactor) => TimeSpan.FromMilliseconds(program.LongestWallMs + (2L * interactor.LongestWallMs)) + Spare;

    private static JobLimits WithWall(ResourceLimits limits, TimeSpan wall) => ExecutionPlanner.ToJobLimits(limits) with { WallMs = (long)wall.TotalMilliseconds };

    private static ExecutionPlan Make(ExecutionPlan plan, List<JobFile> files, JobCase live, long memory, IReadOnlyList<string> artifacts) => plan with
    {
        Job = plan.Job with
        {
            Files = [.. plan.Job.Files.Where(file => !files.Any(other => other.Path == file.Path)), .. files],
            Steps = [.. plan.Job.Steps.Where(step => step.Name == ExecutionPlan.RunStep).Select(step => step with { Cases = [live] })],
            Artifacts = artifacts,
        },
        Limits = plan.Limits with { MemoryBytes = memory, Processes = Math.Max(plan.Limits.Processes, live.Limits!.Processes + ExecutionPlanner.ProcessesForRunner), Cpus = Math.Max(plan.Limits.Cpus, live.Limits.Cpus ?? plan.Limits.Cpus) },
        Deadline = TimeSpan.FromMilliseconds(live.Limits.WallMs + live.Limits.GraceMs) + Patience,
    };
}
