using System.Text;
using CodeExec.Contracts.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests.Sending;

/// <summary>Outputs that no log keeps: whole by a link where there can be one, else cut and marked.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    /// <summary>About 10 MB, each line another.</summary>
    private const string Floods = "for i in range(1_200_000): print(i)\nimport sys; print('end', file=sys.stderr)";

    private readonly SendingFixture _azure = new();

    private static byte[] Flooded => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1_200_000).Select(i => $"{i}\n")));

    public Task InitializeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task RunAsync_TenMegabytesThatNobodyHears_ArriveWholeAndInOrder()
    {
        await _azure.StartAsync();
        _azure.NobodyHears();

        JobResult result = await SendingFixture.RunAsync(_azure.NewHost(), SendingFixture.Prints(Floods));

        IsWhole(result);
        Assert.Empty(await _azure.SentAsync());
    }

    public async Task DisposeAsync() => await _azure.DisposeAsync();

    private static void IsWhole(JobResult result)
    {
        Assert.Equal(Enumerable.Range(2, result.Events.Count).Select(number => (long)number), result.Events.Select(said => said.Sequence)); // 1 is "ready"
        Assert.Equal((0, false, false), (result.Case.ExitCode, result.Case.StdoutTruncated, result.Case.StderrTruncated));
        Assert.True(Flooded.AsSpan().SequenceEqual(result.Events.OfType<OutputEvent>().Where(output => output.Stream == OutputStream.Stdout).SelectMany(output => output.Data).ToArray()));
        Assert.Equal("end\n", result.Stderr);
        Assert.IsType<JobEndedEvent>(result.Events[^1]);
    }
}
