using CodeExec.Containers.Docker.Tests.Engine;
using CodeExec.Core.Containers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Containers.Docker.Tests;

/// <summary>An engine that goes away in the middle of a call: what it may have made or kept is removed all the same.</summary>
public sealed class OutageTests
{
    private const string GoodEngine = """{"ServerVersion":"27","SecurityOptions":["name=seccomp,profile=builtin"],"MemoryLimit":true,"SwapLimit":true,"PidsLimit":true,"CpuCfsQuota":true}""";

    [Fact]
    public async Task CreateAsync_AnswerIsLost_WhatMayBeThereIsRemovedByItsName()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context => context.Request.Path.Value!.EndsWith("/containers/create", StringComparison.Ordinal) ? Abort(context) : AnswerAsync(context));
        await using (ServiceProvider services = Services(engine))
        {
            await Assert.ThrowsAsync<ContainerUnavailableException>(() => services.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Plain, CancellationToken.None));
        }

        string name = engine.Requests.First(request => request.Contains("/containers/create?name=", StringComparison.Ordinal)).Split("name=")[1];
        Assert.Contains(engine.Requests, request => request.StartsWith("DELETE ", StringComparison.Ordinal) && request.Contains($"/containers/{name}?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DisposeAsync_ARemovalIsOwed_IsTriedOnceMore()
    {
        bool isBack = false;
        await using FakeEngine engine = await FakeEngine.StartAsync(context => context.Request.Method == "DELETE"
            ? Volatile.Read(ref isBack) ? AnswerAsync(context) : Abort(context)
            : context.Request.Path.Value!.EndsWith("/attach", StringComparison.Ordinal) ? AnswerAsync(context, 500, """{"message":"busy"}""") : AnswerAsync(context));
        await using (ServiceProvider services = Services(engine))
        {
            await Assert.ThrowsAsync<ContainerUnavailableException>(() => services.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Plain, CancellationToken.None));
            engine.Requests.Clear();
            Volatile.Write(ref isBack, true);
        }

        Assert.StartsWith("DELETE ", Assert.Single(engine.Requests, request => request.Contains("/containers/c1?", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_ItsNameIsTaken_TheOneThatHasItIsRemoved()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context => context.Request.Path.Value!.EndsWith("/containers/create", StringComparison.Ordinal)
            ? AnswerAsync(context, 409, """{"message":"the name is in use"}""") : AnswerAsync(context));
        await using ServiceProvider services = Services(engine);

        await Assert.ThrowsAsync<ContainerUnavailableException>(() => services.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Plain, CancellationToken.None));

        Assert.Contains(engine.Requests, request => request.StartsWith("DELETE ", StringComparison.Ordinal));
    }

    private static ServiceProvider Services(FakeEngine engine) => DockerFixture.BuildServices("test", options => options.Address = engine.Address.Text);

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        return context.Response.WriteAsync(path.Contains("/images/", StringComparison.Ordinal) ? """{"Id":"i","Config":{}}"""
            : path.EndsWith("/containers/create", StringComparison.Ordinal) ? """{"Id":"c1"}""" : GoodEngine);
    }

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }
}
