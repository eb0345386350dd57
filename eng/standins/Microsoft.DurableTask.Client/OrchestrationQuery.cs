namespace Microsoft.DurableTask.Client;

public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    public const int DefaultPageSize = 100;
}

public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);

public record PurgeInstanceOptions(bool Recursive = false);

public class PurgeResult
{
    public PurgeResult(int count) => PurgedInstanceCount = count;

    public int PurgedInstanceCount { get; }
}

public static class StartOrchestrationOptionsExtensions
{
    public static StartOrchestrationOptions WithDedupeStatuses(this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses)
        => options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
}
