using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CodeExec.Core.Containers;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Protocol;

namespace CodeExec.Core.Executions.Running.Leaving;

/// <summary>
/// Keeps, for a run that another host may go on with, what its container has said so far: who takes it up reads that from the beginning and so
/// comes to know all that was known. Encrypted, for secrets in outputs are not masked yet.
/// </summary>
public sealed class LeftRuns(IBlobStore blobs, ISecretProtector protector)
{
    /// <returns>Null if there is none, or its container is gone.</returns>
    public async Task<FoundRun?> FindAsync(ExecutionId id, ILastingProvider provider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (await ReadAsync(id, cancellationToken) is not { } run)
        {
            return null;
        }

        if (await provider.FindAsync(run.Container, run.Spec, cancellationToken) is { } container)
        {
            return new FoundRun(run, container);
        }

        await ForgetAsync(id, cancellationToken);
        return null;
    }

    public async Task<LeftRun?> ReadAsync(ExecutionId id, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(RunKey(id), cancellationToken);
        return stored is null ? null : await JsonSerializer.DeserializeAsync<LeftRun>(stored, OrchestrationJson.Options, cancellationToken);
    }

    public Task WriteAsync(ExecutionId id, LeftRun run, CancellationToken cancellationToken)
        => blobs.WriteAsync(RunKey(id), JsonSerializer.SerializeToUtf8Bytes(run, OrchestrationJson.Options), cancellationToken);

    /// <summary>Keeps the next events: first them, then that they are kept.</summary>
    public async Task<LeftRun> AddAsync(ExecutionId id, LeftRun run, IReadOnlyList<RunnerEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return run;
        }

        string lines = string.Join('\n', events.Select(one => JsonSerializer.Serialize(one, ProtocolJson.Default.RunnerEvent)));
        await blobs.WriteAsync(PartKey(id, run.Parts), Encoding.UTF8.GetBytes(protector.Protect(lines)), cancellationToken);
        LeftRun longer = run with { FollowedTo = events[^1].Sequence, Parts = run.Parts + 1 };
        await WriteAsync(id, longer, cancellationToken);
        return longer;
    }

    /// <summary>All events that are kept, in order.</summary>
    public async IAsyncEnumerable<RunnerEvent> EventsAsync(ExecutionId id, LeftRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        for (int part = 0; part < run.Parts; part++)
        {
            await using Stream stored = await blobs.OpenReadAsync(PartKey(id, part), cancellationToken)
                ?? throw new ContainerLostException($"Part {part} of what container {run.Container} has said is gone.", outOfMemory: false);
            using StreamReader reader = new(stored, Encoding.UTF8);
            foreach (string line in protector.Unprotect(await reader.ReadToEndAsync(cancellationToken)).Split('\n'))
            {
                yield return JsonSerializer.Deserialize(line, ProtocolJson.Default.RunnerEvent)!;
            }
        }
    }

    public Task ForgetAsync(ExecutionId id, CancellationToken cancellationToken) => blobs.DeleteAsync(Prefix(id), cancellationToken);

    private static string Prefix(ExecutionId id) => $"{ExecutionBlobs.Prefix(id)}left/";

    private static string RunKey(ExecutionId id) => Prefix(id) + "run";

    private static string PartKey(ExecutionId id, int part) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix(id)}events/{part:d6}");
}
