namespace CodeExec.Core.Containers;

/// <summary>The providers of this host by name; the first is the default.</summary>
public sealed class ContainerProviders(IEnumerable<IContainerProvider> providers)
{
    private readonly IReadOnlyList<IContainerProvider> _providers = [.. providers];

    public IReadOnlyList<IContainerProvider> All => _providers;

    public string Default => _providers.Count > 0 ? _providers[0].Name : throw new InvalidOperationException("No container provider is registered with this host.");

    public IContainerProvider? Find(string name) => _providers.FirstOrDefault(p => p.Name == name);
}
