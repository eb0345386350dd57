using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage;
using CodeExec.Functions.Hosting;

namespace CodeExec.Functions.Activities;

/// <summary>
/// A run whose container ends with its instance stays there, while its activities may come to any. A small blob tells the others who has it; only runs longer than
/// a slice have one.
/// </summary>
internal sealed class RunHolders(IBlobStore blobs, HostInstance here, TimeProvider clock)
{
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(15);

    /// <summary>An instance that was not heard of for so long is gone, and its containers with it.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromMinutes(1);

    public Task RenewAsync(ExecutionId id, long followedTo, CancellationToken cancellationToken)
        => blobs.WriteAsync(KeyOf(id), JsonSerializer.SerializeToUtf8Bytes(new RunHolder(here.Name, clock.GetUtcNow(), followedTo), OrchestrationJson.Options), cancellationToken);

    /// <returns>Null if no other instance has it.</returns>
    public async Task<RunHolder?> FindOtherAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(KeyOf(id), cancellationToken);
        RunHolder? holder = stored is null ? null : await JsonSerializer.DeserializeAsync<RunHolder>(stored, OrchestrationJson.Options, cancellationToken);
        return holder is null || holder.Instance == here.Name || clock.GetUtcNow() - holder.At > GoneAfter ? null : holder;
    }

    public Task ClearAsync(ExecutionId id, CancellationToken cancellationToken) => blobs.DeleteAsync(KeyOf(id), cancellationToken);

    private static string KeyOf(ExecutionId id) => ExecutionBlobs.Prefix(id) + "holder";
}
