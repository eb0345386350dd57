using CodeExec.Core.Reviews;

namespace CodeExec.Reviews.Claude;

/// <summary>Has Claude review.</summary>
public sealed class ClaudeReviewer(ClaudeMessages claude) : IReviewer
{
    public const string ReviewerName = "claude";

    public string Name => ReviewerName;

    public async Task<CodeReview> ReviewAsync(ReviewRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await claude.AskAsync(
                ReviewPrompt.System, ReviewPrompt.Make(request, claude.Options.MaxCode), answer => ReviewAnswer.Read(answer, request, claude.Options.Model), cancellationToken);
        }
        catch (ClaudeUnavailableException e)
        {
            throw new ReviewUnavailableException(ReviewerName, e.Message, e);
        }
    }
}
