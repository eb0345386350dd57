using CodeExec.Containers.Docker.Tests.Engine;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Containers.Docker.Tests;

/// <summary>Engines and images that would protect less than they should are refused, with what to do about it.</summary>
public sealed class FitnessTests
{
    private const string GoodEngine = """{"ServerVersion":"27","SecurityOptions":["name=seccomp,profile=builtin"],"MemoryLimit":true,"SwapLimit":true,"PidsLimit":true,"CpuCfsQuota":true}""";

    [Theory]
    [InlineData("""{"SecurityOptions":[],"MemoryLimit":true,"PidsLimit":true}""", "seccomp")]
    [InlineData("""{"SecurityOptions":["name=seccomp"],"MemoryLimit":false,"PidsLimit":true}""", "memory limits")]
    [InlineData("""{"SecurityOptions":["name=seccomp"],"MemoryLimit":true,"PidsLimit":false}""", "limits of processes")]
    public async Task CreateAsync_EngineLacksAProtection_MakesNothingAndNamesIt(string info, string named)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(200, info);
        await using ServiceProvider services = Services(engine);
        IContainerProvider provider = services.GetRequiredService<IContainerProvider>();

        ContainerUnavailableException e = await Assert.ThrowsAsync<ContainerUnavailableException>(() => provider.CreateAsync(DockerFixture.Plain, CancellationToken.None));

        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.Contains(named, (await provider.CheckAsync(CancellationToken.None)).Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(engine.Requests, request => request.Contains("/containers/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_EngineCanNotLimitSwap_IsAWeakness()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(200, """{"SecurityOptions":["name=seccomp"],"MemoryLimit":true,"PidsLimit":true,"CpuCfsQuota":true}""");
        await using ServiceProvider services = Services(engine);

        ProviderHealth health = await services.GetRequiredService<IContainerProvider>().CheckAsync(CancellationToken.None);

        Assert.True(health.IsHealthy);
        Assert.Contains("swap", Assert.Single(health.Weaknesses), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Id":"i","Config":{"Volumes":{"/data":{}}}}""", "VOLUME /data")]
    [InlineData("""{"Id":"i","Config":{"Labels":{"codeexec.runner":"another"}}}""", "infra/images/build")]
    public async Task CreateAsync_ImageIsUnfit_MakesNothingAndSaysWhy(string image, string said)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context => context.Response.WriteAsync(context.Request.Path.Value!.Contains("/images/", StringComparison.Ordinal) ? image : GoodEngine));
        await using ServiceProvider services = Services(engine);

        ContainerUnavailableException e = await Assert.ThrowsAsync<ContainerUnavailableException>(
            () => services.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Plain, CancellationToken.None));

        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(engine.Requests, request => request.Contains("/containers/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "infra/images/build")]
    [InlineData(true, "could not be pulled: no such image")]
    public async Task CreateAsync_ImageIsMissing_SaysWhatBringsIt(bool pull, string said)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context =>
        {
            bool image = context.Request.Path.Value!.Contains("/images/", StringComparison.Ordinal);
            context.Response.StatusCode = image ? 404 : 200;
            return context.Response.WriteAsync(image ? """{"message":"no such image"}""" : GoodEngine);
        });
        await using ServiceProvider services = Services(engine, options => options.PullMissing = pull);

        ContainerUnavailableException e = await Assert.ThrowsAsync<ContainerUnavailableException>(
            () => services.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Plain, CancellationToken.None));

        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Equal(pull, engine.Requests.Any(request => request.StartsWith("POST /v1.41/images/create", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task CreateAsync_NetworkWithoutOneThatIsFenced_IsRefused()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context => context.Response.WriteAsync(context.Request.Path.Value!.Contains("/images/", StringComparison.Ordinal) ? """{"Id":"i"}""" : GoodEngine));
        await using ServiceProvider services = Services(engine);

        ContainerUnavailableException e = await Assert.ThrowsAsync<ContainerUnavailableException>(
            () => services.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Plain with { Network = NetworkAccess.Full }, CancellationToken.None));

        Assert.Contains("Docker:Network", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReapAsync_EngineWasAway_IsDoneBeforeTheFirstContainer()
    {
        bool away = true;
        await using FakeEngine engine = await FakeEngine.StartAsync(context =>
        {
            if (away)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            string path = context.Request.Path.Value!;
            context.Response.StatusCode = path.EndsWith("/create", StringComparison.Ordinal) ? 500 : 200;
            return context.Response.WriteAsync(
                path.EndsWith("/containers/json", StringComparison.Ordinal) ? """[{"Id":"old1"},{"Id":"old2"}]""" : path.Contains("/images/", StringComparison.Ordinal) ? """{"Id":"i"}""" : GoodEngine);
        });
        await using ServiceProvider services = Services(engine);
        IContainerProvider provider = services.GetRequiredService<IContainerProvider>();
        Assert.Equal(0, await provider.ReapAsync(CancellationToken.None));

        away = false;
        await Assert.ThrowsAsync<ContainerUnavailableException>(() => provider.CreateAsync(DockerFixture.Plain, CancellationToken.None));
        await Assert.ThrowsAsync<ContainerUnavailableException>(() => provider.CreateAsync(DockerFixture.Plain, CancellationToken.None));

        Assert.Equal(
            ["DELETE /v1.41/containers/old1?force=1&v=1", "DELETE /v1.41/containers/old2?force=1&v=1"],
            engine.Requests.Where(request => request.StartsWith("DELETE", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains(engine.Requests, request => request.Contains("codeexec.host%3Dtest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateAsync_RunnerNeverAnswers_LeavesNothing()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context =>
        {
            string path = context.Request.Path.Value!;
            context.Response.StatusCode = path.EndsWith("/attach", StringComparison.Ordinal) ? 500 : 200;
            return context.Response.WriteAsync(path.EndsWith("/create", StringComparison.Ordinal) ? """{"Id":"c1"}""" : path.Contains("/images/", StringComparison.Ordinal) ? """{"Id":"i"}""" : GoodEngine);
        });
        await using ServiceProvider services = Services(engine);

        await Assert.ThrowsAsync<ContainerUnavailableException>(
            () => services.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Plain, CancellationToken.None));

        Assert.Equal("DELETE /v1.41/containers/c1?force=1&v=1", engine.Requests.Last());
    }

    private static ServiceProvider Services(FakeEngine engine, Action<DockerOptions>? configure = null)
        => DockerFixture.BuildServices("test", options =>
        {
            options.Address = engine.Address.Text;
            configure?.Invoke(options);
        });
}
