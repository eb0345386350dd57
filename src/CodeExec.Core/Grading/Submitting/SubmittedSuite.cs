using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>The tests that a client sends, with a submission or as a problem: nothing in here has been checked.</summary>
public sealed record SubmittedSuite
{
    public IReadOnlyList<SubmittedTest>? Tests { get; init; }

    public IReadOnlyList<SubmittedGroup>? Groups { get; init; }

    public SubmittedChecker? Checker { get; init; }

    /// <summary>Speaks with the program in every test; the checker, if there is one, then looks at the interactor's output file.</summary>
    public SubmittedProgram? Interactor { get; init; }

    /// <summary>"never" (unless given), "firstFailure" or "group".</summary>
    public string? StopOn { get; init; }

    /// <summary>True unless given: tests may run side by side.</summary>
    public bool? Parallel { get; init; }

    /// <summary>What programs read, beside their stdin.</summary>
    public string? InputFile { get; init; }

    /// <summary>What programs write, in place of their stdout.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Of a problem with a main solution: answers that its tests do not have are made.</summary>
    public bool AnswersAreMade { get; init; }
}

public sealed record SubmittedTest
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public SubmittedData? Stdin { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<SubmittedFile>? Files { get; init; }

    public SubmittedData? Expected { get; init; }

    /// <summary>In place of its stdin; of problems alone.</summary>
    public SubmittedRecipe? Generate { get; init; }

    public SubmittedChecker? Checker { get; init; }

    public SubmittedLimits? Limits { get; init; }

    public decimal? Points { get; init; }

    public string? Group { get; init; }

    public bool? Hidden { get; init; }

    public IReadOnlyList<string>? RequirementIds { get; init; }
}

/// <param name="File">What the generator writes it into; null: its stdout.</param>
public sealed record SubmittedRecipe(string? Generator, IReadOnlyList<string>? Args, string? Seed, string? File = null);

/// <param name="Text">In JSON; with <paramref name="Encoding"/> "base64" or "hex" it stands for other bytes.</param>
/// <param name="Bytes">From an archive.</param>
public sealed record SubmittedData(string? Text, string? Encoding = null, byte[]? Bytes = null);

public sealed record SubmittedGroup
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public decimal? Points { get; init; }

    /// <summary>"sum" (unless given), "allOrNothing" or "minimum".</summary>
    public string? Scoring { get; init; }

    public IReadOnlyList<string>? DependsOn { get; init; }
}

/// <summary>"tokens" alone, or an object whose type says which of the other members count.</summary>
public sealed record SubmittedChecker
{
    public string? Type { get; init; }

    public double? Absolute { get; init; }

    public double? Relative { get; init; }

    public string? Pattern { get; init; }

    public bool? IgnoreCase { get; init; }

    public SubmittedProgram? Program { get; init; }
}

public sealed record SubmittedProgram
{
    public string? Language { get; init; }

    public string? Version { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<SubmittedFile>? Files { get; init; }

    public string? Entry { get; init; }

    public SubmittedLimits? Limits { get; init; }

    public IReadOnlyList<string>? CompileArgs { get; init; }

    /// <summary>Further arguments, after those of its protocol.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>"testlib" (unless given) or "icpc".</summary>
    public string? Protocol { get; init; }
}
