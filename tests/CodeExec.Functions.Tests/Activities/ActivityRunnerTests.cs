using CodeExec.Contracts.Orchestration;
using CodeExec.Contracts.Time;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Activities;
using CodeExec.Functions.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Tests.Activities;

public sealed class ActivityRunnerTests
{
    private static readonly ActivityName<string, string> Name = new("some.activity");

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task RunAsync_Call_KnowsItsKeyAndGivesJson()
    {
        string output = await RunAsync((context, input, _) => Task.FromResult($"{context.InstanceId} {context.TaskId} {context.Attempt} {input}"));

        Assert.Equal("\"id 3 2 in\"", output);
    }

    [Theory]
    [InlineData(null, 25 * 60)]
    [InlineData(2_000L, 2)]
    [InlineData(7_200_000L, 25 * 60)]
    public async Task RunAsync_TakesTooLong_FailsBeforeTheHostWouldEndIt(long? timeoutMs, int seconds)
    {
        Task<string> running = RunAsync(
            async (_, _, stop) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, stop);
                return "";
            },
            timeoutMs);

        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(running.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<TimeoutException>(() => running);
    }

    [Fact]
    public async Task RunAsync_HostStops_IsCancelledAndNotFailed()
    {
        using CancellationTokenSource stop = new();
        Task<string> running = RunAsync(
            async (_, _, token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
                return "";
            },
            null,
            stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private Task<string> RunAsync(Func<ActivityContext, string, CancellationToken, Task<string>> code, long? timeoutMs = null, CancellationToken stop = default)
    {
        OrchestrationRegistry registry = new OrchestrationRegistry().Activity(Name, code);
        Assert.True(registry.TryGetActivity(Name.Value, out ActivityRegistration? activity));
        ActivityRunner runner = new(new ServiceCollection().BuildServiceProvider(), Options.Create(new FunctionsHostOptions()), _clock);
        return runner.RunAsync(activity, ActivityEnvelope.Parse(new ActivityEnvelope("id", 3, 2, "\"in\"", timeoutMs).ToJson()), stop);
    }
}
