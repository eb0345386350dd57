using CodeExec.Containers.Docker.Tests.Engine;
using CodeExec.Core.Containers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Containers.Docker.Tests;

/// <summary>Whose containers there are, by an engine that answers what a test says.</summary>
public sealed class OwnedContainersTests
{
    [Fact]
    public async Task ListAsync_ContainersOfSeveralHosts_TellsWhoseTheyAre()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context => context.Response.WriteAsync(
            """[{"Id":"0123456789abcdef","Created":1767225600,"Labels":{"codeexec.host":"a"}},{"Id":"fedcba9876543210","Created":1767225601,"Labels":{"codeexec.host":"b"}}]"""));
        await using ServiceProvider services = DockerFixture.BuildServices("test", options => options.Address = engine.Address.Text);

        IReadOnlyList<OwnedContainer> listed = await services.GetRequiredService<IContainerProvider>().ListAsync(CancellationToken.None);

        Assert.Equal([new("0123456789ab", "a", DateTimeOffset.FromUnixTimeSeconds(1767225600)), new("fedcba987654", "b", DateTimeOffset.FromUnixTimeSeconds(1767225601))], listed);
        Assert.Contains(engine.Requests, request => request.Contains("%22codeexec.host%22", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task RemoveAsync_GoneNowOrBefore_IsDone(int status)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using ServiceProvider services = DockerFixture.BuildServices("test", options => options.Address = engine.Address.Text);

        await services.GetRequiredService<IContainerProvider>().RemoveAsync("0123456789ab", CancellationToken.None);

        Assert.Equal("DELETE /v1.41/containers/0123456789ab?force=1&v=1", Assert.Single(engine.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ListAsync_EngineIsAway_SaysSo()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using ServiceProvider services = DockerFixture.BuildServices("test", options => options.Address = engine.Address.Text);

        await Assert.ThrowsAsync<ContainerUnavailableException>(() => services.GetRequiredService<IContainerProvider>().ListAsync(CancellationToken.None));
    }
}
