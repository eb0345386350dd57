using System.Text.Json;
using CodeExec.Core.Reviews;
using static CodeExec.Reviews.Claude.AnswerText;

namespace CodeExec.Reviews.Claude;

/// <summary>What Claude answered, read with care: it is a text from outside. What was measured stays as it was measured.</summary>
internal static class ReviewAnswer
{
    private const int MostSuggestions = 20, MostEdgeCases = 20;

    public static CodeReview Read(JsonElement root, ReviewRequest request, string model)
    {
        CodeReview byRules = RulesReviewer.Review(request);
        ExecutionAnalysis measured = byRules.ExecutionAnalysis;
        return byRules with
        {
            Reviewer = ClaudeReviewer.ReviewerName,
            Model = model,
            SpecificationCompliance = Compliance(root, byRules.SpecificationCompliance, request),
            ExecutionAnalysis = measured with
            {
                Performance = measured.Performance with { Observations = [.. measured.Performance.Observations, .. Items(root, "performance").Select(item => Text(item)).OfType<string>()] },
                EdgeCases = [.. measured.EdgeCases, .. Items(root, "edgeCases").Take(MostEdgeCases).Select(EdgeCase).OfType<EdgeCaseAnalysis>()],
            },
            Suggestions = [.. Items(root, "suggestions").Take(MostSuggestions).Select(item => Suggestion(item, request)).OfType<ReviewSuggestion>(), .. byRules.Suggestions],
        };
    }

    private static SpecificationCompliance Compliance(JsonElement root, SpecificationCompliance byRules, ReviewRequest request)
    {
        Dictionary<string, string> comments = [];
        foreach (JsonElement item in Items(root, "requirements"))
        {
            if (Text(item, "id") is { } id && Text(item, "comment") is { } comment)
            {
                comments[id] = comment;
            }
        }

        double? judged = root.TryGetProperty("score", out JsonElement score) && score.ValueKind == JsonValueKind.Number ? Math.Clamp(score.GetDouble(), 0, 100) : null;
        return new(
            request.Results is { Count: > 0 } ? byRules.Score : judged ?? byRules.Score,
            [.. byRules.Details.Select(detail => comments.TryGetValue(detail.RequirementId, out string? comment) ? detail with { Comment = $"{detail.Comment} {comment}" } : detail)]);
    }

    private static EdgeCaseAnalysis? EdgeCase(JsonElement item)
        => Text(item, "case") is { } name ? new(name, Text(item, "status") is "covered" or "failing" or "notCovered" ? Text(item, "status")! : "notCovered", [], Text(item, "comment") ?? "") : null;

    private static ReviewSuggestion? Suggestion(JsonElement item, ReviewRequest request)
    {
        if (Text(item, "message") is not { } message)
        {
            return null;
        }

        string? file = Text(item, "file") ?? (request.Files.Count == 1 ? request.Files[0].Path : null);
        int? lines = request.Files.FirstOrDefault(one => one.Path == file)?.Lines;
        int? line = item.TryGetProperty("line", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) && value >= 1 && value <= lines ? value : null;
        return new(
            "claude",
            Enum.TryParse(Text(item, "category"), ignoreCase: true, out SuggestionCategory category) ? category : SuggestionCategory.Maintainability,
            Enum.TryParse(Text(item, "severity"), ignoreCase: true, out SuggestionSeverity severity) ? severity : SuggestionSeverity.Info,
            message,
            lines is null ? null : file,
            line,
            Text(item, "fix"));
    }
}
