namespace CodeExec.Client;

/// <summary>A request for tests that are missing. What is null takes the server's default.</summary>
public sealed record SuggestedTestsRequest
{
    /// <summary>At most.</summary>
    public int? Count { get; init; }

    /// <summary>"rules" or "claude".</summary>
    public string? Suggester { get; init; }

    /// <summary>Only for these requirements or criteria.</summary>
    public IReadOnlyList<string>? RequirementIds { get; init; }

    /// <summary>Run a program to find out what to expect: "code" (that of this request), "implementation" or "solution".</summary>
    public string? ExpectedFrom { get; init; }

    public string? Language { get; init; }

    /// <summary>A version of the language.</summary>
    public string? Version { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<SourceFile>? Files { get; init; }

    public string? Entry { get; init; }
}

/// <summary>What was suggested; nothing of it is stored.</summary>
public sealed record SuggestedTests
{
    public string Suggester { get => field ?? ""; init; }

    public string? Model { get; init; }

    /// <summary>Why rules suggest in place of who was asked.</summary>
    public string? Degraded { get; init; }

    /// <summary>Requirements that no test shows yet.</summary>
    public IReadOnlyList<string> Uncovered { get => field ?? []; init; }

    /// <summary>What <see cref="SuggestedTestsRequest.ExpectedFrom"/> may be.</summary>
    public IReadOnlyList<string> CanExpectFrom { get => field ?? []; init; }

    public string? ExecutionId { get; init; }

    public IReadOnlyList<SuggestedTest> TestCases { get => field ?? []; init; }
}

public sealed record SuggestedTest
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Null where it is still open.</summary>
    public string? Stdin { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Null where nothing says it.</summary>
    public string? Expected { get; init; }

    public IReadOnlyList<string> RequirementIds { get => field ?? []; init; }

    public string? Kind { get; init; }

    public string? Why { get; init; }

    /// <summary>"rules" or "claude".</summary>
    public string? Source { get; init; }

    /// <summary>Who says what to expect.</summary>
    public string? ExpectedFrom { get; init; }

    /// <summary>"stdin", "expected": to be filled in before it tests anything.</summary>
    public IReadOnlyList<string> Missing { get => field ?? []; init; }

    public string? Note { get; init; }

    /// <summary>Of an accepted test: its submitters see the verdict only.</summary>
    public bool? Hidden { get; init; }
}

/// <summary>The tests of <see cref="SuggestedTests"/> that were chosen.</summary>
/// <param name="Version">The version of the specification that was seen; null: whichever it is.</param>
public sealed record ChosenTests(IReadOnlyList<SuggestedTest> TestCases, int? Version = null);

/// <summary>A specification, as far as this client knows it.</summary>
public sealed record SpecificationSummary(string Id, int Version, string Name, int RequirementCount, int TestCount);
