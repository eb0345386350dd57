using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Jobs;

/// <summary>What a job must keep to beyond its shape.</summary>
internal static class JobRules
{
    /// <exception cref="JobFormatException">The first rule that is broken.</exception>
    public static void Check(Job job)
    {
        Require(job.ArtifactBytes >= 0 && job.ArtifactCount >= 0, "'artifactBytes' and 'artifactCount' are not negative.");
        Require(job.Displays is null or { Count: >= 0, FileBytes: >= 0, TotalBytes: >= 0 }, "What may be shown is not negative.");
        Require(job.Displays is null || (job.Displays.Folder.LastIndexOf('/') > 0 && !job.Displays.Folder.EndsWith('/') && !job.Displays.Folder.Contains('\0')), "The folder of displays is an absolute path below another.");
        Require(job.Steps.Sum(step => step.Cases.Count(item => item.Live)) <= 1, "There is more than one live case.");
        foreach (JobStep step in job.Steps)
        {
            Require(step.Cases.Count == 1 || !step.Cases.Any(item => item.Live), $"Step '{step.Name}' has other cases beside a live one.");
            Require(step.Cases.All(item => !item.Live || item.Stdin.Length == 0), "A live case has its stdin from the host's lines alone.");
            Require(step.Cases.All(item => item.Runs == 1 || (item.Runs > 1 && step.Parallelism == 1 && !item.Live)), "A case is run once at least; one that is run more often has its step for itself, and is not live.");
            Require(step.Command.Count > 0 && step.Command[0].Length > 0, $"Step '{step.Name}' has no command.");
            Require(step.Parallelism > 0, $"Step '{step.Name}' has a parallelism below 1.");
            Require(step.Parallelism == 1 || step.Cases.All(item => item.Collect is null), $"Step '{step.Name}' has cases side by side that leave files: nobody could say whose they are.");
            CheckLimits(step.Name, step.Limits);
            CheckTexts(step.Name, step.Command, step.Environment);
            foreach (JobCase item in step.Cases)
            {
                CheckLimits(step.Name, item.Limits ?? step.Limits);
                CheckTexts(step.Name, item.Arguments, item.Environment);
            }
        }
    }

    private static void CheckLimits(string step, JobLimits limits) => Require(
        limits is { WallMs: > 0, CpuMs: > 0, MemoryBytes: > 0, Processes: > 0, OutputBytes: > 0, WorkspaceBytes: > 0, OpenFiles: > 0 }
            and { StackBytes: null or > 0, FileBytes: null or > 0, Cpus: null or > 0, GraceMs: >= 0 },
        $"Step '{step}' has a limit that is not positive: \"no limit\" does not exist here.");

    private static void CheckTexts(string step, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        foreach (string argument in arguments)
        {
            Require(!argument.Contains('\0'), $"Step '{step}' has an argument with a zero byte.");
        }

        foreach ((string name, string value) in environment)
        {
            Require(name.Length > 0 && !name.Contains('=') && !name.Contains('\0') && !value.Contains('\0'),
                $"Step '{step}' has an environment variable that no program could be given: '{name}'.");
        }
    }

    private static void Require(bool kept, string rule)
    {
        if (!kept)
        {
            throw new JobFormatException(rule);
        }
    }
}
