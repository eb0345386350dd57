using CodeExec.Containers.Docker.Engine;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Containers.Docker.Tests.Engine;

public sealed class DockerClientTests
{
    private const string Info = """{"ServerVersion":"20.10.24","SecurityOptions":["name=seccomp,profile=default"],"MemoryLimit":true,"PidsLimit":true,"SwapLimit":true,"CpuCfsQuota":true,"Unheard":{"of":[1]}}""";

    [Theory]
    [InlineData("1.41", "1.41")]
    [InlineData("1.44", "1.44")]
    [InlineData("1.60", "1.47")]
    public async Task Call_EngineOfAVersion_SpeaksTheNewestThatBothKnow(string theirs, string spoken)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(200, Info, theirs);

        EngineInfo info = await engine.Client.InfoAsync(CancellationToken.None);

        Assert.Equal("20.10.24", info.ServerVersion);
        Assert.Equal(["GET /_ping", $"GET /v{spoken}/info"], engine.Requests);
    }

    [Fact]
    public async Task Call_EngineTooOld_SaysWhichWouldDo()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(200, Info, "1.40");

        DockerUnavailableException e = await Assert.ThrowsAsync<DockerUnavailableException>(() => engine.Client.InfoAsync(CancellationToken.None));

        Assert.Contains("1.40", e.Message, StringComparison.Ordinal);
        Assert.Contains("20.10", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, typeof(DockerNotFoundException))]
    [InlineData(409, typeof(DockerConflictException))]
    [InlineData(500, typeof(DockerRefusedException))]
    public async Task Call_EngineRefuses_ThrowsWhatItMeansInItsWords(int status, Type expected)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(status, """{"message":"no such thing"}""");

        Exception e = await Assert.ThrowsAsync(expected, () => engine.Client.StartAsync("c1", CancellationToken.None));

        Assert.Contains("no such thing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyListens_SaysWhereAndWhatToDo()
    {
        using DockerTransport transport = new(DockerAddress.Parse("unix:///nowhere/docker.sock"), TimeSpan.FromMinutes(1), TimeProvider.System);

        DockerUnavailableException e = await Assert.ThrowsAsync<DockerUnavailableException>(() => new DockerClient(transport).InfoAsync(CancellationToken.None));

        Assert.Contains("unix:///nowhere/docker.sock", e.Message, StringComparison.Ordinal);
        Assert.Contains("DOCKER_HOST", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_EngineComesBackNewer_NegotiatesAgain()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(context =>
        {
            if (context.Request.Path.Value!.EndsWith("/start", StringComparison.Ordinal))
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync(Info);
        });
        await engine.Client.InfoAsync(CancellationToken.None);
        await Assert.ThrowsAsync<DockerUnavailableException>(() => engine.Client.StartAsync("c1", CancellationToken.None));

        await engine.Client.InfoAsync(CancellationToken.None);

        Assert.Equal(2, engine.Requests.Count(request => request == "GET /_ping"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    public async Task RemoveContainer_GoneOrGoing_CountsAsRemoved(int status)
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(status, """{"message":"removal of container c1 is already in progress"}""");

        await engine.Client.RemoveContainerAsync("c1", CancellationToken.None);

        Assert.Contains("DELETE /v1.41/containers/c1?force=1&v=1", engine.Requests);
    }

    [Fact]
    public async Task PullImage_WithoutATag_AsksForTheLatestAndTellsAllSteps()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(200, """
            {"status":"Pulling from acme/python","id":"latest"}
            {"status":"Downloading","progressDetail":{"current":1},"progress":"[=>  ]","id":"a1"}
            {"status":"Pull complete","id":"a1"}

            """);

        List<string?> steps = [];
        await foreach (PullProgress progress in engine.Client.PullImageAsync("registry:5000/acme/python", CancellationToken.None))
        {
            steps.Add(progress.Status);
        }

        Assert.Equal(["Pulling from acme/python", "Downloading", "Pull complete"], steps);
        Assert.Contains("POST /v1.41/images/create?fromImage=registry%3A5000%2Facme%2Fpython%3Alatest", engine.Requests);
    }

    [Fact]
    public async Task PullImage_FailsOnTheWay_ThrowsInTheEnginesWords()
    {
        await using FakeEngine engine = await FakeEngine.StartAsync(200, """{"status":"Pulling"}{"errorDetail":{"message":"x"},"error":"manifest unknown"}""");

        DockerNotFoundException e = await Assert.ThrowsAsync<DockerNotFoundException>(async () =>
        {
            await foreach (PullProgress _ in engine.Client.PullImageAsync("acme/python:3", CancellationToken.None))
            {
            }
        });

        Assert.Equal("manifest unknown", e.Message);
    }

    [Theory]
    [InlineData("unix:///var/run/docker.sock", "/var/run/docker.sock")]
    [InlineData("tcp://10.1.2.3:2375", null)]
    public void Parse_AnAddressWeSpeakTo_IsTaken(string text, string? socket) => Assert.Equal(socket, DockerAddress.Parse(text).SocketPath);

    [Theory]
    [InlineData("ssh://me@host")]
    [InlineData("tcp://host")]
    [InlineData("/var/run/docker.sock")]
    [InlineData("unix://")]
    public void Parse_AnyOther_SaysWhichWouldDo(string text)
        => Assert.Contains("unix:///path", Assert.Throws<DockerUnavailableException>(() => DockerAddress.Parse(text)).Message, StringComparison.Ordinal);
}
