using CodeExec.Core.Executions.Output;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using CodeExec.Core.Specifications;

namespace CodeExec.Core.Suggestions;

/// <summary>What tests are suggested from: of a specification, or of a problem.</summary>
public static class SuggestionSources
{
    /// <param name="ids">Requirements or criteria that are wanted; empty: all.</param>
    /// <param name="seesHidden">Who asks may see hidden tests; of those others know that they are there, and what for.</param>
    public static SuggestionRequest Of(SpecificationContent content, string? description, IReadOnlyList<string> ids, bool seesHidden)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(ids);
        SpecificationContent part = ids.Count > 0 ? content.For(ids) : content;
        return new SuggestionRequest
        {
            Requirements = part.Requirements,
            Criteria = part.Criteria,
            Statement = ids.Count > 0 ? null : description,
            Tests = [.. content.Tests.Select(test => Known(test, seesHidden))],
        };
    }

    /// <param name="suite">The tests of the problem.</param>
    /// <inheritdoc cref="Of(SpecificationContent, string?, IReadOnlyList{string}, bool)"/>
    public static SuggestionRequest Of(Problem problem, TestSuite suite, bool seesHidden)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(suite);
        return new SuggestionRequest { Statement = problem.Statement, Tests = [.. suite.Tests.Select(test => Known(test, seesHidden))] };
    }

    private static KnownTest Known(SubmittedTest test, bool seesHidden)
    {
        bool shown = (seesHidden || test.Hidden != true) && test.Stdin?.Encoding is null or "utf8" && test.Files is not { Count: > 0 };
        return new(test.Id!, shown ? test.Stdin?.Text ?? "" : null, shown ? test.Args ?? [] : [], shown ? test.Expected?.Text : null, test.RequirementIds ?? []);
    }

    private static KnownTest Known(GradedTest test, bool seesHidden)
    {
        string? stdin = (seesHidden || !test.Hidden) && test.Files.Count == 0 ? TextOf(test.Stdin) : null;
        return new(test.Id, stdin, stdin is null ? [] : test.Args, stdin is null || test.Expected is null ? null : TextOf(test.Expected), test.RequirementIds);
    }

    // What stands in a blob is too long to be a model for others.
    private static string? TextOf(TestData data) => data.Inline is { } bytes && OutputText.IsExact(bytes) ? OutputText.Decode(bytes) : null;
}
