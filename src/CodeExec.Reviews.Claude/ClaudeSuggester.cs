using CodeExec.Core.Suggestions;

namespace CodeExec.Reviews.Claude;

/// <summary>Has Claude think of tests that are missing.</summary>
public sealed class ClaudeSuggester(ClaudeMessages claude) : ITestSuggester
{
    public string Name => ClaudeReviewer.ReviewerName;

    public async Task<SuggesterAnswer> SuggestAsync(SuggestionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await claude.AskAsync(
                SuggestionPrompt.System,
                SuggestionPrompt.Make(request, claude.Options.MaxCode),
                answer => new SuggesterAnswer(SuggestionAnswer.Read(answer, request), claude.Options.Model),
                cancellationToken);
        }
        catch (ClaudeUnavailableException e)
        {
            throw new SuggesterUnavailableException(Name, e.Message, e);
        }
    }
}
