using CodeExec.Core.Containers;

namespace CodeExec.Api.Tests.Hosting;

/// <summary>A provider by name only.</summary>
public sealed class FakeProvider(string name) : IContainerProvider
{
    public string Name { get; } = name;

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new ProviderHealth(null, []));

    public Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> ReapAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
