namespace CodeExec.Core.Containers;

/// <summary>Makes ephemeral containers with a runner inside. Policy (pools, retries, deadlines) is above this port.</summary>
public interface IContainerProvider
{
    /// <summary>"cells", "docker", "aci": what a submission may ask for.</summary>
    string Name { get; }

    /// <summary>Making a container takes the processors for so long that programs which run meanwhile feel it. The pool then lets them go first.</summary>
    bool MakingIsDear => false;

    /// <summary>Whether containers can be made now, and which protections are weaker than they should be.</summary>
    Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Makes a container and returns once its runner can take a job. Nothing of it is left when this throws.</summary>
    /// <exception cref="ContainerUnavailableException">Nothing was made; the message says why. Trying again is safe.</exception>
    Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>Ends and removes all that an earlier life of this host left. Called once, before anything is made.</summary>
    /// <returns>How many containers, processes, cgroups and folders were removed.</returns>
    Task<int> ReapAsync(CancellationToken cancellationToken);

    /// <summary>All containers that hosts like this one made and that are still there, other hosts' too. None where they end with their host.</summary>
    /// <exception cref="ContainerUnavailableException">It can not be told now. Trying again is safe.</exception>
    Task<IReadOnlyList<OwnedContainer>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<OwnedContainer>>([]);

    /// <summary>Ends and removes a container of that list. One that is gone already counts as removed.</summary>
    /// <exception cref="ContainerUnavailableException">It is still there. Trying again is safe.</exception>
    Task RemoveAsync(string id, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <param name="Weaknesses">Protections that are missing or weaker here, each a sentence for the operator.</param>
/// <param name="Problem">Why nothing can be made, with what to do; null if all is well.</param>
public sealed record ProviderHealth(string? Problem, IReadOnlyList<string> Weaknesses)
{
    public bool IsHealthy => Problem is null;
}

public sealed class ContainerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The container ended before its job did. The job may be given to another container.</summary>
public sealed class ContainerLostException(string message, bool outOfMemory, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kernel ended it at its memory limit: this is the program's doing.</summary>
    public bool OutOfMemory { get; } = outOfMemory;
}
