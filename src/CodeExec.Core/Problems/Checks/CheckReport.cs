using CodeExec.Core.Grading;

namespace CodeExec.Core.Problems.Checks;

/// <summary>What a check found. For authors alone: it tells of hidden tests and of solutions.</summary>
public sealed record CheckReport
{
    /// <summary>What has to be mended, and what should be looked at.</summary>
    public IReadOnlyList<CheckFinding> Findings { get; init; } = [];

    public IReadOnlyList<CheckedTest> Tests { get; init; } = [];

    public IReadOnlyList<CheckedSolution> Solutions { get; init; } = [];
}

/// <param name="IsError">Else a warning.</param>
/// <param name="Test">The test it is about, if it is about one.</param>
/// <param name="Program">The validator, generator or solution.</param>
public sealed record CheckFinding(bool IsError, string Message, string? Test = null, string? Program = null);

/// <param name="Generated">Its input was made.</param>
/// <param name="Answered">What it expects was made.</param>
public sealed record CheckedTest(string Id, string? Group, bool Generated, bool Answered, long InputBytes, long? AnswerBytes, IReadOnlyList<CheckedInput> Validators);

/// <summary>What one validator says of an input.</summary>
public sealed record CheckedInput(string Validator, bool Valid, string? Message);

/// <param name="Kept">Whether it came to what was expected. Null: it was not run.</param>
/// <param name="Verdict">Of the whole.</param>
public sealed record CheckedSolution(string Name, string Language, bool Main, IReadOnlyList<string> Expect, bool? Kept, Verdict? Verdict, decimal Score, decimal MaxScore)
{
    public double CpuMs { get; init; }

    public double WallMs { get; init; }

    public long MemoryBytes { get; init; }

    public IReadOnlyList<SolvedTest> Tests { get; init; } = [];
}

public sealed record SolvedTest(string Id, Verdict Verdict, decimal Points, double CpuMs, double WallMs, long MemoryBytes, string? Message);
