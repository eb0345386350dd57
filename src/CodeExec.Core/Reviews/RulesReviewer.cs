using CodeExec.Core.Reviews.Rules;
using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Core.Reviews;

/// <summary>Reviews by rules alone: the same code gives the same review, and nothing leaves this process.</summary>
public sealed class RulesReviewer : IReviewer
{
    public const string ReviewerName = "rules";

    private const int Most = 100;

    private static readonly ISourceRule[] Rules = [new SecretRule(), new RiskyCallRule(), new PatternRule(), new FunctionRule(), new UnusedNameRule()];

    public string Name => ReviewerName;

    public Task<CodeReview> ReviewAsync(ReviewRequest request, CancellationToken cancellationToken) => Task.FromResult(Review(request));

    public static CodeReview Review(ReviewRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ComplianceReport report = ComplianceCalculation.Make(request.Specification, request.Results ?? [], request.Rules);
        IEnumerable<ReviewSuggestion> ofSpecification = report.Suggestions.Select(text => new ReviewSuggestion(
            "specification", SuggestionCategory.Specification, report.Result == ComplianceResult.Passed ? SuggestionSeverity.Info : SuggestionSeverity.Warning, text, null, null, null));
        IEnumerable<ReviewSuggestion> ofSources = request.Files.SelectMany(file => Rules.SelectMany(rule => rule.Check(file)));
        return new CodeReview
        {
            Reviewer = ReviewerName,
            SpecificationCompliance = ReviewFacts.Compliance(request),
            ExecutionAnalysis = ReviewFacts.Analyse(request),
            Suggestions = [.. ofSpecification.Concat(ofSources).OrderBy(one => one.Severity).ThenBy(one => one.File, StringComparer.Ordinal).ThenBy(one => one.Line).Take(Most)],
        };
    }
}
