using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Sending;

/// <summary>
/// What runners send to a blob of their group's, beside saying it, for hosts that missed it and find it in no log any more. Encrypted, for secrets in outputs are not masked yet. Only of
/// executions that may have a network, and only where the store gives links; else there is nothing here, and what logs no longer have is cut.
/// </summary>
internal sealed class SentEvents(
    IOptions<AciOptions> options, TimeProvider clock, ILogger<SentEvents> logger, IBlobLinks? links = null, IBlobStore? blobs = null, ISecretProtector? protector = null)
{
    private const string Folder = "sent/";

    /// <summary>What the sender takes of a group's memory, beside the job.</summary>
    private const long SenderBytes = 64L << 20;

    /// <summary>No group of any host lives longer: what is older is nobody's any more.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Whether a job for such a container gets a link.</summary>
    public bool AreOf(ContainerSpec spec) => spec.Network == NetworkAccess.Full && links is not null && blobs is not null && protector is not null;

    /// <summary>The job with a link for its runner, if there can be one. It must not lie where a program could read it.</summary>
    public async Task<Job> LinkAsync(Group group, Job job, ContainerLimits limits, CancellationToken cancellationToken)
    {
        if (!AreOf(group.Spec) || limits.MemoryBytes + SenderBytes > options.Value.MemoryGb * (1L << 30))
        {
            return job;
        }

        try
        {
            byte[] key = RandomNumberGenerator.GetBytes(SealedEvents.KeyBytes);
            BlobLink link = await links!.CreateForAppendingAsync(KeyOf(group.Name), LongestOf(job), cancellationToken);
            return job with { Link = new JobLink(link.Address.AbsoluteUri, protector!.Protect($"{group.Name} {Convert.ToBase64String(key)}"), key) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.NoLink(group.Name, e.Message); // whatever the store has: the run does without
            return job;
        }
    }

    /// <summary>All that has arrived so far, in order. Nothing, if nothing was sent.</summary>
    /// <exception cref="InvalidDataException">Somebody else has written there.</exception>
    public async IAsyncEnumerable<RunnerEvent> ReadAsync(string group, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Stream? sent = await blobs!.OpenReadAsync(KeyOf(group), cancellationToken);
        if (sent is null)
        {
            yield break;
        }

        await foreach (RunnerEvent said in SentEventReader.ReadAsync(sent, header => FindKey(group, header), cancellationToken))
        {
            yield return said;
        }
    }

    /// <summary>Removes what a group has sent. One that sent nothing counts as done.</summary>
    /// <returns>False if it is still there.</returns>
    public async Task<bool> TryRemoveAsync(string group)
    {
        try
        {
            await (blobs?.DeleteAsync(KeyOf(group), CancellationToken.None) ?? Task.CompletedTask);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.RemovalOwed(KeyOf(group), e.Message); // whatever the store has: the sweep comes back to it
            return false;
        }
    }

    /// <summary>Removes what is left of groups that are long gone.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (blobs is null)
        {
            return;
        }

        DateTimeOffset oldest = clock.GetUtcNow() - LongestLife;
        try
        {
            await foreach (BlobInfo sent in blobs.ListAsync(Folder, cancellationToken))
            {
                if (sent.WrittenAt < oldest)
                {
                    await blobs.DeleteAsync(sent.Key, cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.NotReaped(e.Message); // whatever the store has: the next sweep comes
        }
    }

    private static string KeyOf(string group) => Folder + BlobKey.Segment(group);

    // All that its cases may take, one after the other, and no longer than its group lives.
    private TimeSpan LongestOf(Job job)
    {
        double milliseconds = job.Steps.Sum(step => step.Cases.Sum(one => (double)(one.Limits ?? step.Limits).WallMs));
        TimeSpan longest = options.Value.LongestLife;
        return (milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest) + Margin;
    }

    private byte[] FindKey(string group, string header)
    {
        string[] parts = protector!.Unprotect(header).Split(' ');
        return parts.Length == 2 && parts[0] == group ? Convert.FromBase64String(parts[1]) : throw new InvalidDataException($"What was sent is not from container group {group}.");
    }
}
