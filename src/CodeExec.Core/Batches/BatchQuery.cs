using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches;

/// <summary>Which batches to list.</summary>
public sealed record BatchQuery
{
    public required TenantId Tenant { get; init; }

    public BatchState? State { get; init; }

    public string? Problem { get; init; }

    /// <summary>All must match.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    public int Limit { get; init; } = 20;

    /// <summary>The id of the batch before.</summary>
    public string? Cursor { get; init; }

    public bool Fits(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return (State is null || batch.State == State)
            && (Problem is null || batch.Problem.Id == Problem)
            && Labels.All(label => batch.Labels.TryGetValue(label.Key, out string? value) && value == label.Value);
    }
}

/// <param name="Cursor">For the next page; null on the last.</param>
public sealed record BatchPage(IReadOnlyList<BatchSummary> Items, string? Cursor);
