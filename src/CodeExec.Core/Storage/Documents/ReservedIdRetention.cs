using CodeExec.Core.Operations.Retention;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Storage.Documents;

/// <inheritdoc/>
public sealed class ReservedIdRetention(ReservedIds ids, IOptions<RetentionOptions> options, TimeProvider clock) : IRetained
{
    public string Name => "idempotency keys";

    public Task<int> SweepAsync(CancellationToken cancellationToken) => ids.DeleteOldAsync(clock.GetUtcNow() - options.Value.Keys, cancellationToken);
}
