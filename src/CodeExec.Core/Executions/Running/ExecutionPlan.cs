using CodeExec.Core.Containers;
using CodeExec.Core.Languages;
using CodeExec.Protocol;

namespace CodeExec.Core.Executions.Running;

/// <summary>A container to ask for and a job to give it.</summary>
/// <param name="CompileKey">Under which the compiled program is kept; null for a language that needs no compiling.</param>
/// <param name="Deadline">When the job must have ended, whatever the container says: all its limits and some patience.</param>
public sealed record ExecutionPlan(ContainerSpec Container, ContainerLimits Limits, Job Job, string? CompileKey, TimeSpan Deadline)
{
    /// <summary>How the program says that it died of an error.</summary>
    public FailurePattern? Failure { get; init; }

    public const string CompileStep = "compile";
    public const string RunStep = "run";

    /// <summary>With what its program shows sent, too. Not for graded work: what a test shows could tell what is hidden.</summary>
    public ExecutionPlan Showing(JobDisplays? displays) => this with { Job = Job with { Displays = displays } };

    /// <summary>The part of the job that makes the program.</summary>
    public ExecutionPlan OnlyCompiling() => this with { Job = Job with { Steps = [.. Job.Steps.Where(step => step.Name == CompileStep)], Artifacts = [] } };

    /// <summary>The same job with a compiled program in place of its compilation.</summary>
    public ExecutionPlan WithCompiled(IEnumerable<JobFile> compiled) => this with
    {
        Job = Job with
        {
            Files = [.. compiled, .. Job.Files.Where(file => !compiled.Any(other => other.Path == file.Path))],
            Steps = [.. Job.Steps.Where(step => step.Name != CompileStep)],
        },
    };
}
