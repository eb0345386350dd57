using System.Text.Json.Serialization;
using CodeExec.Core.Suggestions;

namespace CodeExec.Api.Suggestions;

/// <param name="Suggester">"rules" or "claude"; each test says from whom it is.</param>
/// <param name="Degraded">Why it was not the one that was asked.</param>
/// <param name="Uncovered">Requirements that no test shows yet.</param>
/// <param name="CanExpectFrom">What 'expectedFrom' may be here.</param>
/// <param name="ExecutionId">What ran to find out what to expect.</param>
internal sealed record SuggestedTestsView(
    string Suggester,
    string? Model,
    string? Degraded,
    IReadOnlyList<string> Uncovered,
    IReadOnlyList<string> CanExpectFrom,
    string? ExecutionId,
    IReadOnlyList<SuggestedTestView> TestCases);

/// <summary>As a test case of a specification, and what explains it.</summary>
internal sealed record SuggestedTestView(
    string Id,
    string Name,
    string? Stdin,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Args,
    string? Expected,
    IReadOnlyList<string> RequirementIds,
    string Kind,
    string Why,
    string Source,
    string? ExpectedFrom,
    IReadOnlyList<string> Missing,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note)
{
    public static SuggestedTestView Of(SuggestedTest test) => new(
        test.Id,
        test.Name,
        test.Kind == SuggestionKinds.Open ? null : test.Stdin,
        test.Args.Count > 0 ? test.Args : null,
        test.Expected,
        test.RequirementIds,
        test.Kind,
        test.Why,
        test.Source,
        test.ExpectedFrom,
        test.Missing,
        test.Note);
}
