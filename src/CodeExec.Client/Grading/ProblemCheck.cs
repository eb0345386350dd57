namespace CodeExec.Client;

/// <summary>What a check of a problem found in its inputs and solutions.</summary>
public sealed record ProblemCheck
{
    public required string Id { get; init; }

    public required ProblemReference Problem { get; init; }

    /// <summary>Of the version: "ready", "checking" or "broken".</summary>
    public string State { get => field ?? ""; init; }

    /// <summary>"queued", "running", "passed", "failed", "error" or "cancelled".</summary>
    public string Status { get => field ?? ""; init; }

    public int Errors { get; init; }

    public int Warnings { get; init; }

    /// <summary>Set when the server could not do it.</summary>
    public ExecutionError? Error { get; init; }

    public IReadOnlyList<CheckFinding> Findings { get => field ?? []; init; }

    public IReadOnlyList<CheckedTest> Tests { get => field ?? []; init; }

    public IReadOnlyList<CheckedSolution> Solutions { get => field ?? []; init; }

    public bool HasEnded => Status is not ("queued" or "running");
}

/// <param name="Severity">"error" or "warning".</param>
public sealed record CheckFinding(string Severity, string Message, string? Test = null, string? Program = null);

/// <param name="Answered">The main solution said what is expected.</param>
public sealed record CheckedTest(string Id, string? Group, bool Generated, bool Answered, long InputBytes, long? AnswerBytes, IReadOnlyList<CheckedInput> Validators);

public sealed record CheckedInput(string Validator, bool Valid, string? Message);

/// <param name="Kept">Whether it came to what it should; null: it was not judged.</param>
public sealed record CheckedSolution(
    string Name,
    string Language,
    bool Main,
    IReadOnlyList<string> Expect,
    bool? Kept,
    string? Verdict,
    decimal Score,
    decimal MaxScore,
    double CpuMs,
    double WallMs,
    long MemoryBytes,
    IReadOnlyList<SolvedTest> Tests);

public sealed record SolvedTest(string Id, string Verdict, decimal Points, double CpuMs, double WallMs, long MemoryBytes, string? Message);
