using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Api.Specifications;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Suggestions;

namespace CodeExec.Api.Suggestions;

/// <summary>The bodies of requests for tests, and of those that take them: their shape only.</summary>
internal static class SuggestionReader
{
    private static readonly HashSet<string> Members = [.. ValidationReader.ProgramMembers, "count", "suggester", "requirementIds", "expectedFrom"];

    private static readonly HashSet<string> AcceptMembers = ["testCases", "version"];

    /// <summary>What only explains a suggestion: passed over, so that it can be sent back as it came.</summary>
    private static readonly HashSet<string> TestMembers = [.. ContentReader.TestMembers, "kind", "why", "source", "expectedFrom", "missing", "note"];

    /// <param name="own">Members that it may have beside those of all.</param>
    /// <exception cref="Problems.RequestRefusedException">Members of a wrong type, or that do not exist.</exception>
    public static SuggestionBody Read(JsonElement body, params string[] own)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, [.. Members, .. own]);
        long count = fields.Integer("count") ?? SuggestionRequest.UsualSuggestions;
        if (count is < 1 or > SuggestionRequest.MostSuggestions)
        {
            errors.Add("count", $"Must be from 1 to {SuggestionRequest.MostSuggestions}.");
        }

        SuggestionBody read = new()
        {
            Program = ValidationReader.ProgramMembers.Any(fields.Has) ? SubmissionReader.Read(fields) : null,
            Count = (int)count,
            Suggester = fields.Text("suggester"),
            RequirementIds = fields.TextList("requirementIds") ?? [],
            ExpectedFrom = fields.Text("expectedFrom"),
            SpecificationId = fields.Text("specificationId"),
            Specifications = fields.Object("specifications", ContentReader.DocumentMembers) is { } content ? ContentReader.Read(content) : null,
        };
        errors.ThrowIfAny();
        return read;
    }

    /// <returns>With the version that the client has seen, if it says so.</returns>
    /// <inheritdoc cref="Read"/>
    public static (SubmittedContent More, long? Version) Accepted(JsonElement body)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, AcceptMembers);
        IReadOnlyList<JsonFields> tests = fields.Objects("testCases", TestMembers) ?? [];
        if (tests.Count == 0)
        {
            errors.Add("testCases", "Send the suggested tests that you choose, changed as you like.");
        }

        SubmittedContent more = new() { TestCases = tests.Select(SuiteReader.Test).ToList(), Covers = tests.Select(test => test.TextList("covers")).ToList() };
        for (int i = 0; i < tests.Count; i++)
        {
            RefuseOpen(tests[i], more.TestCases![i].Expected is null, $"testCases[{i}]", errors);
        }

        long? version = fields.Integer("version");
        errors.ThrowIfAny();
        return (more, version);
    }

    // Without an expected output any would do: nobody shall take that for a test by mistake.
    private static void RefuseOpen(JsonFields test, bool noneExpected, string at, FieldErrors errors)
    {
        IReadOnlyList<string> missing = test.TextList("missing") ?? [];
        if (noneExpected && missing.Contains("expected", StringComparer.Ordinal))
        {
            errors.Add(at + ".expected", "Is still open. Fill it in, or ask again with expectedFrom; leave 'missing' away if it is enough to end well.");
        }

        if (!test.Has("stdin") && !test.Has("input") && missing.Contains("stdin", StringComparer.Ordinal))
        {
            errors.Add(at + ".stdin", "Is still open. Fill it in; leave 'missing' away if there shall be no input.");
        }
    }
}

internal sealed record SuggestionBody
{
    /// <summary>Null when none was sent.</summary>
    public Submission? Program { get; init; }

    public required int Count { get; init; }

    public string? Suggester { get; init; }

    public IReadOnlyList<string> RequirementIds { get; init; } = [];

    /// <summary>One of <see cref="SuggestionEndpoints"/>'s.</summary>
    public string? ExpectedFrom { get; init; }

    public string? SpecificationId { get; init; }

    public SubmittedContent? Specifications { get; init; }
}
