using CodeExec.Core.Operations.Retention;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Reviews;

/// <inheritdoc/>
public sealed class ReviewRetention(ReviewService reviews, IOptions<RetentionOptions> options, TimeProvider clock) : IRetained
{
    public string Name => "reviews";

    public Task<int> SweepAsync(CancellationToken cancellationToken) => reviews.DeleteOldAsync(clock.GetUtcNow() - options.Value.Reviews, cancellationToken);
}
