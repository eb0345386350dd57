using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Checking;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>One job for a checker: beside its own files stand the input, the output and the answer of each test it is asked about.</summary>
internal sealed record JudgeJob(ExecutionPlan Plan)
{
    private const string Folder = "judge-data";

    /// <summary>In the host's line, in the runner, and in the workspace, which is memory too.</summary>
    private const int MemoryForData = 5;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    public static async Task<JudgeJob> MakeAsync(ExecutionPlan plan, JudgeProgram program, IReadOnlyList<OutputToCheck> outputs, TestSuites suites, CancellationToken cancellationToken)
    {
        List<JobFile> files = [.. plan.Job.Files];
        List<JobCase> cases = [];
        long bytes = 0;
        for (int i = 0; i < outputs.Count; i++)
        {
            OutputToCheck output = outputs[i];
            byte[] input = await suites.ReadAsync(output.Test.Stdin, cancellationToken);
            byte[] answer = output.Test.Expected is { } expected ? await suites.ReadAsync(expected, cancellationToken) : [];
            string at = $"{Folder}/{i}";
            bytes += input.Length + answer.Length + output.Output.Length;
            files.Add(new JobFile($"{at}/input", input));
            files.Add(new JobFile($"{at}/answer", answer));
            if (program.Protocol == JudgeProtocol.Icpc)
            {
                files.Add(new JobFile($"{at}/feedback/.keep", []));
                cases.Add(new JobCase
                {
                    Id = output.Test.Id,
                    Stdin = output.Output,
                    Arguments = [$"{at}/input", $"{at}/answer", $"{at}/feedback/", .. program.Args],
                    Collect = [$"{at}/feedback/{JudgeSaid.Pattern}"],
                });
            }
            else
            {
                files.Add(new JobFile($"{at}/output", output.Output));
                cases.Add(new JobCase { Id = output.Test.Id, Arguments = [$"{at}/input", $"{at}/output", $"{at}/answer", .. program.Args] });
            }
        }

        return new JudgeJob(plan with
        {
            Job = plan.Job with
            {
                Files = files,
                Steps = [.. plan.Job.Steps.Select(step => step.Name == ExecutionPlan.RunStep
                    ? step with { Cases = cases, RestoreWorkspace = true, ContinueOnFailure = true }
                    : step)],
            },
            Container = plan.Container with { WorkspaceMb = WorkspaceFor(plan.Container.WorkspaceMb, bytes) },
            Limits = plan.Limits with { MemoryBytes = plan.Limits.MemoryBytes + (bytes * MemoryForData) },
            Deadline = plan.Deadline + (((program.Limits.LongestWallMs * TimeSpan.FromMilliseconds(1)) + Between) * outputs.Count),
        });
    }

    // In few sizes, so that containers that are alike can wait ready.
    internal static int WorkspaceFor(int own, long bytes)
    {
        int needed = own + (int)(bytes >> 20) + 1;
        int size = own;
        while (size < needed && bytes > (own << 20) / 4)
        {
            size *= 2;
        }

        return size;
    }
}
