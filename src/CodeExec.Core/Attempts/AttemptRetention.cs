using CodeExec.Core.Operations.Retention;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Attempts;

/// <inheritdoc/>
public sealed class AttemptRetention(AttemptStore attempts, IOptions<RetentionOptions> options, TimeProvider clock) : IRetained
{
    public string Name => "students' attempts";

    public Task<int> SweepAsync(CancellationToken cancellationToken) => attempts.DeleteOldAsync(clock.GetUtcNow() - options.Value.Attempts, cancellationToken);
}
