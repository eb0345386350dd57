namespace CodeExec.Core.Reviews;

/// <summary>Reads code beside what it was specified to do and what came of running it, and says what to mend.</summary>
public interface IReviewer
{
    /// <summary>"rules", "claude".</summary>
    string Name { get; }

    /// <summary>Reviews once; nothing is stored, so that it may be repeated.</summary>
    /// <exception cref="ReviewUnavailableException">Nobody answered, after all tries: trying later is safe.</exception>
    Task<CodeReview> ReviewAsync(ReviewRequest request, CancellationToken cancellationToken);
}

/// <summary>A reviewer could not review.</summary>
/// <param name="reason">For users: no address, no key.</param>
public sealed class ReviewUnavailableException(string reviewer, string reason, Exception? inner = null)
    : Exception($"The reviewer '{reviewer}' could not review: {reason}", inner)
{
    public string Reviewer { get; } = reviewer;

    public string Reason { get; } = reason;
}
