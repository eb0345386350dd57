using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Running;

public sealed class InterruptTests : IAsyncLifetime
{
    private readonly PausingOut _out = new();
    private FakeServer _server = null!;
    private CliProcess _process = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _server.Feed = [FeedItem.Log("started"), FeedItem.Result()];
        _server.RunsUntilStopped = true;
        _process = new CliProcess(_server) { Out = _out };
        _process.File("main.py");
    }

    public async Task DisposeAsync()
    {
        _process.Dispose();
        await _out.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Run_CtrlC_StopsTheExecutionAndWaitsForItsEnd()
    {
        Task<int> running = _process.RunAsync("run", "main.py");
        await _out.FirstOutput;
        _process.Keyboard.Press();

        Assert.Equal(130, await running);
        Assert.True(_server.WasStopped);
        Assert.Contains("stopped", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CtrlCTwice_LeavesAtOnceAndSaysWhatMayStillRun()
    {
        Task<int> running = _process.RunAsync("run", "main.py");
        await _out.FirstOutput;
        _server.Refusals.Enqueue(Refusal.Busy(retryAfterSeconds: 10)); // the stop gets nowhere
        _process.Keyboard.Press();
        _process.Keyboard.Press();

        Assert.Equal(130, await running);
        Assert.Contains($"codeexec status {FakeServer.Id}", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StopIsRefused_SaysSoAndGoesOnWatching()
    {
        Task<int> running = _process.RunAsync("run", "main.py");
        await _out.FirstOutput;
        _server.Refusals.Enqueue(new Refusal(403, """{"title":"Not allowed","detail":"Readers may not stop."}"""));
        _process.Keyboard.Press();
        using HttpClient other = new() { BaseAddress = _server.Address };
        while (!_server.WasStopped)
        {
            await Task.Yield();
        }
        await other.PostAsync($"api/executions/{FakeServer.Id}/stop", null);

        Assert.Equal(130, await running);
        Assert.Contains("Readers may not stop.", _process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PipeThatNobodyCloses_SaysWhatItWaitsForAndCtrlCEndsIt()
    {
        _process.Pipe = new System.IO.Pipelines.Pipe().Reader.AsStream();
        Task<int> running = _process.RunAsync("run", "main.py");
        while (_process.Stderr.Length == 0)
        {
            await Task.Yield();
        }
        _process.Keyboard.Press();

        Assert.Equal(130, await running);
        Assert.Contains("--stdin ''", _process.Stderr, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    /// <summary>Standard output that tells when the program has printed.</summary>
    private sealed class PausingOut : MemoryStream
    {
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FirstOutput => _written.Task;

        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, count);
            _written.TrySetResult();
        }
    }
}
