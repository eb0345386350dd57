using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Authoring;

/// <summary>Programs of a problem's author that no submission meets, as they are sent: nothing in here has been checked.</summary>
public sealed record SubmittedAuthoring
{
    /// <summary>Each says of every input whether it is one.</summary>
    public IReadOnlyList<SubmittedTool>? Validators { get; init; }

    /// <summary>Make inputs, for tests that name them.</summary>
    public IReadOnlyList<SubmittedTool>? Generators { get; init; }

    /// <summary>Right and wrong ones, each with what it is expected to come to.</summary>
    public IReadOnlyList<SubmittedSolution>? Solutions { get; init; }
}

/// <param name="Optional">Of a package: left out, and said so, if its language is not here.</param>
public sealed record SubmittedTool(string? Name, SubmittedProgram Program, bool Optional = false);

/// <param name="Expect">Names of verdicts; null: accepted.</param>
/// <param name="Main">Gives the answers that tests do not have.</param>
/// <param name="Optional">Of a package: left out, and said so, if its language is not here.</param>
public sealed record SubmittedSolution(string? Name, SubmittedProgram Program, IReadOnlyList<string>? Expect = null, bool Main = false, bool Optional = false);
