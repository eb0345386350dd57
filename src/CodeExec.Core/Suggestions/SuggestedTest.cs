namespace CodeExec.Core.Suggestions;

/// <summary>A test case that somebody may want to add, and why.</summary>
public sealed record SuggestedTest
{
    /// <summary>None of the existing tests has it.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Stdin { get; init; } = "";

    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Null where nothing says it.</summary>
    public string? Expected { get; init; }

    /// <summary>Who says what to expect: "specification", "claude", or the program that was run: "code", "implementation", "solution".</summary>
    public string? ExpectedFrom { get; init; }

    /// <summary>Requirements and criteria that it would show.</summary>
    public IReadOnlyList<string> RequirementIds { get; init; } = [];

    /// <summary>What sort of test: see <see cref="SuggestionKinds"/>, and the ids of <see cref="Inputs.InputKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>In a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>The suggester: "rules", "claude".</summary>
    public string Source { get; init; } = RulesSuggester.SuggesterName;

    /// <summary>"stdin", "expected": what is to be filled in before it tests anything.</summary>
    public IReadOnlyList<string> Missing => [.. new[] { Kind == SuggestionKinds.Open ? "stdin" : null, Expected is null ? "expected" : null }.OfType<string>()];

    /// <summary>What came of running it, where that is worth a look.</summary>
    public string? Note { get; init; }
}

public static class SuggestionKinds
{
    /// <summary>An example that a text gives.</summary>
    public const string Example = "example";

    /// <summary>At, or just beyond, a bound that a text names.</summary>
    public const string Boundary = "boundary";

    /// <summary>Takes a way through the code that no test takes.</summary>
    public const string Branch = "branch";

    /// <summary>A requirement that nothing says how to show.</summary>
    public const string Open = "open";

    /// <summary>Of a language model, when it names no other.</summary>
    public const string Other = "other";
}
