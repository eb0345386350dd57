namespace CodeExec.Client;

/// <summary>A program to run. Give <see cref="Code"/>, or <see cref="Files"/>, or both (the code is then the entry file). What is null takes the server's default.</summary>
public sealed record ExecutionRequest
{
    /// <summary>Id or alias of a language: see <see cref="CodeExecClient.ListLanguagesAsync"/>.</summary>
    public required string Language { get; init; }

    /// <summary>A version of the language, for those that have several ("c++20").</summary>
    public string? Version { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<SourceFile>? Files { get; init; }

    /// <summary>The path of the file that is started; the language's usual file name unless given.</summary>
    public string? Entry { get; init; }

    public string? Stdin { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>Environment variables that are encrypted at rest and masked in every output.</summary>
    public IReadOnlyDictionary<string, string>? Secrets { get; init; }

    public RequestedLimits? Limits { get; init; }

    public RequestedLimits? CompileLimits { get; init; }

    /// <summary>How often the program is run, for each test where it is graded: up to the first run that fails.</summary>
    public int? Runs { get; init; }

    public IReadOnlyList<string>? CompileArgs { get; init; }

    /// <summary>"none" or "full".</summary>
    public string? Network { get; init; }

    /// <summary>Which kind of container: "cells", "docker", "aci".</summary>
    public string? Provider { get; init; }

    /// <summary>"low", "normal" or "high".</summary>
    public string? Priority { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Whose it is: attempts are counted by it.</summary>
    public string? Student { get; init; }

    /// <summary>When to begin; at once unless given.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>How long after its acceptance to begin, in place of <see cref="StartAt"/>.</summary>
    public long? DelayMs { get; init; }

    /// <summary>Globs, relative to the workspace, of the files to keep.</summary>
    public IReadOnlyList<string>? Artifacts { get; init; }

    /// <summary>To be graded by the tests of a problem.</summary>
    public ProblemReference? Problem { get; init; }

    /// <summary>To be graded by these tests.</summary>
    public IReadOnlyList<TestCase>? Tests { get; init; }

    public IReadOnlyList<TestGroup>? Groups { get; init; }

    /// <summary>For tests that name none of their own: a checker's name, or an object.</summary>
    public System.Text.Json.JsonElement? Checker { get; init; }

    /// <summary>"never" (unless given), "firstFailure" or "group".</summary>
    public string? StopOn { get; init; }

    /// <summary>Only the tests that are not hidden.</summary>
    public bool? Samples { get; init; }

    /// <summary>Only these tests.</summary>
    public IReadOnlyList<string>? TestIds { get; init; }
}
