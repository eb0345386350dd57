using System.Text.Json;
using CodeExec.Core.Suggestions;
using CodeExec.Core.Suggestions.Inputs;

namespace CodeExec.Reviews.Claude;

/// <summary>The tests that Claude answered with: a text from outside. What is not as it should be is left out, not mended.</summary>
internal static class SuggestionAnswer
{
    private const int LongestData = 8 * 1024, LongestName = 200, MostArguments = 32;

    private static readonly string[] Kinds = [SuggestionKinds.Example, SuggestionKinds.Boundary, SuggestionKinds.Branch, .. InputKinds.All.Select(kind => kind.Id)];

    /// <exception cref="JsonException">It has no list of tests.</exception>
    public static IReadOnlyList<SuggestedTest> Read(JsonElement root, SuggestionRequest request)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("tests", out JsonElement tests) || tests.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The answer has no list of tests.");
        }

        HashSet<string> ids = [.. request.Requirements.Select(one => one.Id), .. request.Criteria.Select(one => one.Id)];
        return [.. tests.EnumerateArray().Take(request.Count).Select((test, index) => Test(test, index, ids)).OfType<SuggestedTest>()];
    }

    private static SuggestedTest? Test(JsonElement item, int index, HashSet<string> ids)
    {
        string? stdin = Data(item, "stdin"), expected = Data(item, "expected"), name = AnswerText.Text(item, "name"), why = AnswerText.Text(item, "why");
        JsonElement[] args = AnswerText.Items(item, "args");
        string[] arguments = [.. args.Select(AnswerText.Whole).OfType<string>()];
        bool whole = (stdin is not null || arguments.Length > 0) && name is not null && why is not null
            && arguments.Length == args.Length && args.Length <= MostArguments && arguments.All(IsData);
        return !whole ? null : new SuggestedTest
        {
            Id = $"claude-{index + 1}",
            Name = Line(name!),
            Stdin = stdin ?? "",
            Args = arguments,
            Expected = expected,
            ExpectedFrom = expected is null ? null : ClaudeReviewer.ReviewerName,
            RequirementIds = [.. AnswerText.Items(item, "requirementIds").Select(AnswerText.Text).OfType<string>().Where(ids.Contains).Distinct()],
            Kind = AnswerText.Text(item, "kind") is { } kind && Kinds.Contains(kind) ? kind : SuggestionKinds.Other,
            Why = why!,
            Source = ClaudeReviewer.ReviewerName,
        };
    }

    private static string? Data(JsonElement item, string name)
        => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) && AnswerText.Whole(value) is { } text && IsData(text) ? text : null;

    // A cut input would be another one.
    private static bool IsData(string text) => text.Length <= LongestData && !text.Contains('\0', StringComparison.Ordinal);

    private static string Line(string name) => string.Concat(name.Take(LongestName).Select(c => char.IsControl(c) ? ' ' : c));
}
