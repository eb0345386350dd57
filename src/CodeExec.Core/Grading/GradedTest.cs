using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Grading;

/// <summary>One test of a suite, after validation.</summary>
public sealed record GradedTest
{
    /// <summary>One of its own within the suite.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public TestData Stdin { get; init; } = TestData.Empty;

    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Laid out in the workspace for this test alone.</summary>
    public IReadOnlyList<TestFile> Files { get; init; } = [];

    /// <summary>Null when the checker needs none, or ending well is all that is asked.</summary>
    public TestData? Expected { get; init; }

    public CheckerSpec? Checker { get; init; }

    /// <summary>Those that it sets are in place of the submission's.</summary>
    public SubmittedLimits? Limits { get; init; }

    /// <summary>Set when a program of its problem's author makes the input.</summary>
    public TestRecipe? Generate { get; init; }

    /// <summary>What is expected is what the problem's main solution says. Null: the author has said it, or nothing is.</summary>
    public bool? AnswerMade { get; init; }

    public decimal Points { get; init; } = 1;

    public string? Group { get; init; }

    /// <summary>Its submitters see the verdict and what it cost, nothing else.</summary>
    public bool Hidden { get; init; }

    public IReadOnlyList<string> RequirementIds { get; init; } = [];

    public ResourceLimits LimitsFrom(ResourceLimits submission) => Limits is not { } own ? submission : new()
    {
        WallTimeMs = (int)(own.WallTimeMs ?? submission.WallTimeMs),
        CpuTimeMs = (int)(own.CpuTimeMs ?? submission.CpuTimeMs),
        MemoryMb = (int)(own.MemoryMb ?? submission.MemoryMb),
        Processes = (int)(own.Processes ?? submission.Processes),
        OutputKb = (int)(own.OutputKb ?? submission.OutputKb),
        WorkspaceMb = (int)(own.WorkspaceMb ?? submission.WorkspaceMb),
        StackKb = (int?)own.StackKb ?? submission.StackKb,
        FileSizeKb = (int?)own.FileSizeKb ?? submission.FileSizeKb,
        OpenFiles = (int?)own.OpenFiles ?? submission.OpenFiles,
        Cpus = own.Cpus ?? submission.Cpus,
        GraceMs = (int)(own.GraceMs ?? submission.GraceMs),
    };
}

/// <param name="Generator">The name of one of its problem's generators.</param>
/// <param name="Seed">The last argument, if there is one.</param>
/// <param name="File">What the generator writes the input into, one of many perhaps; null: its stdout.</param>
public sealed record TestRecipe(string Generator, IReadOnlyList<string> Args, string? Seed = null, string? File = null)
{
    public IReadOnlyList<string> Arguments => Seed is null ? Args : [.. Args, Seed];
}

public sealed record TestFile(string Path, TestData Content);
