using CodeExec.Cli.Tests.Doubles;

namespace CodeExec.Cli.Tests.Running;

public sealed class InterruptTests : CommandLineTest
{
    private readonly PausingOut _out = new();

    protected override void Prepare()
    {
        Server.Feed = [FeedItem.Log("started"), FeedItem.Result()];
        Server.RunsUntilStopped = true;
        Process.Out = _out;
        Process.File("main.py");
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _out.DisposeAsync();
    }

    [Fact]
    public async Task Run_CtrlC_StopsTheExecutionAndWaitsForItsEnd()
    {
        Task<int> running = Process.RunAsync("run", "main.py");
        await _out.FirstOutput;
        Process.Keyboard.Press();

        Assert.Equal(130, await running);
        Assert.True(Server.WasStopped);
        Assert.Contains("stopped", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CtrlCTwice_LeavesAtOnceAndSaysWhatMayStillRun()
    {
        Task<int> running = Process.RunAsync("run", "main.py");
        await _out.FirstOutput;
        Server.Refusals.Enqueue(Refusal.Busy(retryAfterSeconds: 10)); // the stop gets nowhere
        Process.Keyboard.Press();
        Process.Keyboard.Press();

        Assert.Equal(130, await running);
        Assert.Contains($"codeexec status {FakeServer.Id}", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StopIsRefused_SaysSoAndGoesOnWatching()
    {
        Task<int> running = Process.RunAsync("run", "main.py");
        await _out.FirstOutput;
        Server.Refusals.Enqueue(new Refusal(403, """{"title":"Not allowed","detail":"Readers may not stop."}"""));
        Process.Keyboard.Press();
        using HttpClient other = new() { BaseAddress = Server.Address };
        while (!Server.WasStopped)
        {
            await Task.Yield();
        }
        await other.PostAsync($"api/executions/{FakeServer.Id}/stop", null);

        Assert.Equal(130, await running);
        Assert.Contains("Readers may not stop.", Process.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PipeThatNobodyCloses_SaysWhatItWaitsForAndCtrlCEndsIt()
    {
        Process.Pipe = new System.IO.Pipelines.Pipe().Reader.AsStream();
        Task<int> running = Process.RunAsync("run", "main.py");
        while (Process.Stderr.Length == 0)
        {
            await Task.Yield();
        }
        Process.Keyboard.Press();

        Assert.Equal(130, await running);
        Assert.Contains("--stdin ''", Process.Stderr, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
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
