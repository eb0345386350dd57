using CodeExec.Core.Orchestration;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Tests.Orchestration;

public sealed class LongTimersTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(366, 61)]
    public async Task SleepUntilAsync_ForDays_TakesNapsThatAMessageCanBeHiddenFor(int days, int naps)
    {
        Sleeper context = new();

        await context.SleepUntilAsync(Start.AddDays(days));

        Assert.Equal(naps, context.Naps.Count);
        Assert.All(context.Naps, nap => Assert.InRange(nap, TimeSpan.FromTicks(1), TimeSpan.FromDays(7)));
        Assert.Equal(TimeSpan.FromDays(Math.Max(days, 0)), context.CurrentUtc - Start);
    }

    /// <summary>Its timers fire at once.</summary>
    private sealed class Sleeper : OrchestrationContext
    {
        private DateTimeOffset _now = Start;

        public List<TimeSpan> Naps { get; } = [];

        public override string InstanceId => "sleeper";

        public override DateTimeOffset CurrentUtc => _now;

        public override bool IsReplaying => false;

        public override ILogger Logger => throw new NotSupportedException();

        public override Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken = default)
        {
            Naps.Add(fireAt - _now);
            _now = fireAt;
            return Task.CompletedTask;
        }

        public override Guid NewGuid() => throw new NotSupportedException();

        public override Task<TOut> CallActivityAsync<TIn, TOut>(ActivityName<TIn, TOut> activity, TIn input, ActivityOptions? options = null) => throw new NotSupportedException();

        public override Task<TOut> CallSubOrchestrationAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, TIn input, string? instanceId = null) => throw new NotSupportedException();

        public override Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override void SetCustomStatus<T>(T status) => throw new NotSupportedException();

        public override void ContinueAsNew<T>(T input) => throw new NotSupportedException();
    }
}
