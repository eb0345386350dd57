using System.Collections.Concurrent;
using CodeExec.Containers.Docker.Engine;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Docker;

/// <summary>Ends and removes containers. Those that an engine that is away still owes us are removed when it is back.</summary>
internal sealed class ContainerRemover(DockerClient docker, ILogger<ContainerRemover> logger)
{
    private readonly ConcurrentDictionary<string, bool> _owed = new(StringComparer.Ordinal);

    /// <summary>Returns when nothing of it is left, or the engine is away.</summary>
    public async Task RemoveAsync(string id)
    {
        try
        {
            // Never the caller's token: what was cancelled is exactly what must still go. The transport has a deadline of its own.
            await docker.RemoveContainerAsync(id, CancellationToken.None);
        }
        catch (DockerException e)
        {
            Owe(id, e.Message);
        }
    }

    /// <summary>It may be there, and cannot be removed now.</summary>
    /// <param name="id">Or its name.</param>
    public void Owe(string id, string reason)
    {
        _owed[id] = true;
        logger.RemovalOwed(id, reason);
    }

    /// <summary>Removes what is owed, if the engine answers again.</summary>
    public async Task SettleAsync()
    {
        foreach (string id in _owed.Keys)
        {
            if (_owed.TryRemove(id, out _))
            {
                await RemoveAsync(id);
            }
        }
    }

    public async Task<int> RemoveAllAsync(string label, CancellationToken cancellationToken)
    {
        IReadOnlyList<ListedContainer> left = await docker.ListContainersAsync(label, cancellationToken);
        await Task.WhenAll(left.Select(container => RemoveAsync(container.Id)));
        return left.Count;
    }
}
