using System.Text.Json.Serialization;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Problems.Authoring;

/// <summary>The programs of a problem's author, after validation. They stand in a blob beside the tests and are shown to authors alone.</summary>
public sealed record AuthorKit
{
    public static readonly AuthorKit Empty = new();

    public IReadOnlyList<AuthorTool> Validators { get; init; } = [];

    public IReadOnlyList<AuthorTool> Generators { get; init; } = [];

    public IReadOnlyList<Solution> Solutions { get; init; } = [];

    /// <summary>What a package brought and this server can not run.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    [JsonIgnore]
    public Solution? Main => Solutions.FirstOrDefault(one => one.Main);

    [JsonIgnore]
    public bool IsEmpty => Validators.Count == 0 && Generators.Count == 0 && Solutions.Count == 0 && LeftOut.Count == 0;
}

public sealed record AuthorTool(string Name, JudgeProgram Program);

/// <param name="Program">Run as any submission to its problem is.</param>
/// <param name="Expect">What it may come to.</param>
public sealed record Solution(string Name, Submission Program, Promise Expect, bool Main = false);

/// <param name="What">"validator", "generator" or "solution".</param>
public sealed record LeftOut(string What, string Name, string Why);
