namespace CodeExec.Core.Containers;

/// <summary>A provider whose containers are all <see cref="ILastingContainer"/>s.</summary>
public interface ILastingProvider : IContainerProvider
{
    /// <summary>Finds a container that was given its job, by this host or another.</summary>
    /// <param name="id">Its <see cref="IContainer.Id"/>.</param>
    /// <param name="spec">What it was made from.</param>
    /// <returns>Null if it is gone.</returns>
    /// <exception cref="ContainerUnavailableException">It can not be told now. Trying again is safe.</exception>
    Task<ILastingContainer?> FindAsync(string id, ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>As <see cref="IContainerProvider.ReapAsync"/>, but for these containers, whose runs somebody goes on with.</summary>
    /// <param name="goOn">Their <see cref="IContainer.Id"/>s.</param>
    Task<int> ReapAsync(IReadOnlySet<string> goOn, CancellationToken cancellationToken);
}
