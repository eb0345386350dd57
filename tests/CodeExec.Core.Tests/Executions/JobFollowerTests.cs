using System.Runtime.CompilerServices;
using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Protocol;

namespace CodeExec.Core.Tests.Executions;

public sealed class JobFollowerTests
{
    private static readonly ContainerSpec Spec = new("python", null, null, 64, NetworkAccess.None);
    private static readonly ExecutionPlan Plan = new(Spec, new ContainerLimits(1, 1, 1), new Job { Id = "job", Files = [], Steps = [] }, null, TimeSpan.FromMinutes(1));

    private readonly ExecutionId _id = ExecutionSamples.Queued().Id;
    private readonly InMemoryBlobStore _blobs = new();
    private readonly LeftRuns _left;
    private readonly JobFollower _follower;
    private readonly ToldContainer _container = new();
    private readonly LeftRun _begun;

    public JobFollowerTests()
    {
        _left = new LeftRuns(_blobs, new PlainSecretProtector());
        _follower = new JobFollower(_left);
        _begun = new LeftRun { Container = _container.Id, Spec = Spec, StartedAt = ExecutionSamples.Start, FeedStart = 3 };
    }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task RunAsync_ProcessEnds_IsLeftForTheNextOne()
    {
        using CancellationTokenSource process = new();
        await using RunningExecution here = new() { Following = process.Token };
        _container.Say(3);

        await Assert.ThrowsAsync<RunLeftException>(async () =>
        {
            await foreach (RunnerEvent received in _follower.RunAsync(here, _id, _container, Plan, _begun, null, process.Token))
            {
                if (received.Sequence == 3)
                {
                    await process.CancelAsync();
                }
            }
        });

        Assert.Equal(3, (await _left.ReadAsync(_id, None))!.FollowedTo);
    }

    [Fact]
    public async Task RunAsync_LeftInTheMiddle_TheNextGoesThroughAllEventsAndGivesNoSecondJob()
    {
        await using RunningExecution here = new(), there = new();
        _container.Say(3);
        List<long> first = [];
        RunLeftException left = await Assert.ThrowsAsync<RunLeftException>(async () =>
        {
            await foreach (RunnerEvent received in _follower.RunAsync(here, _id, _container, Plan, _begun, null, None))
            {
                first.Add(received.Sequence);
                if (received.Sequence == 3)
                {
                    await here.LeaveAsync();
                }
            }
        });

        _container.Say(2, ends: true);
        FoundRun found = new((await _left.ReadAsync(_id, None))!, _container);
        List<long> second = await _follower.RunAsync(there, _id, _container, Plan, _begun, found, None).Select(one => one.Sequence).ToListAsync();

        Assert.Equal((3L, 3L), (left.FollowedTo, here.FollowedTo));
        Assert.Equal([1L, 2, 3], first);
        Assert.Equal([1L, 2, 3, 4, 5], second);
        Assert.Equal([0L, 3], _container.FollowedAfter);
        Assert.Equal(1, _container.Jobs);
    }

    [Fact]
    public async Task RunAsync_FollowerDied_TheNextFollowsFromWhatWasKept()
    {
        await using RunningExecution here = new(), there = new();
        _container.Say(3);
        await foreach (RunnerEvent received in _follower.RunAsync(here, _id, _container, Plan, _begun, null, None))
        {
            if (received.Sequence == 2)
            {
                break; // and nothing more is heard of it
            }
        }

        _container.Say(1, ends: true);
        FoundRun found = new((await _left.ReadAsync(_id, None))!, _container);
        List<long> second = await _follower.RunAsync(there, _id, _container, Plan, _begun, found, None).Select(one => one.Sequence).ToListAsync();

        Assert.Equal([1L, 2, 3, 4], second);
        Assert.Equal(1, _container.Jobs);
    }

    [Fact]
    public async Task RunAsync_SaysMuch_IsKeptAsItGoes()
    {
        await using RunningExecution here = new();
        _container.Say(80, bytes: 32 << 10, ends: true);

        await foreach (RunnerEvent _ in _follower.RunAsync(here, _id, _container, Plan, _begun, null, None))
        {
        }

        LeftRun kept = (await _left.ReadAsync(_id, None))!;
        Assert.Equal(2, kept.Parts);
        Assert.Equal(Enumerable.Range(1, (int)kept.FollowedTo).Select(i => (long)i), await _left.EventsAsync(_id, kept, None).Select(one => one.Sequence).ToListAsync());
        Assert.InRange(kept.FollowedTo, 50, 79);
    }

    [Fact]
    public async Task RunAsync_StoppedAndLeftAtOnce_IsCancelled()
    {
        await using RunningExecution here = new();
        using CancellationTokenSource stop = new();
        _container.Say(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (RunnerEvent _ in _follower.RunAsync(here, _id, _container, Plan, _begun, null, stop.Token))
            {
                await stop.CancelAsync();
                await here.LeaveAsync();
            }
        });
    }

    [Fact]
    public async Task RunAsync_EventsEndBeforeTheJob_IsALostContainer()
    {
        await using RunningExecution here = new();
        _container.Say(1);
        _container.Cut();

        await Assert.ThrowsAsync<ContainerLostException>(() => _follower.RunAsync(here, _id, _container, Plan, _begun, null, None).ToListAsync().AsTask());
    }

    private sealed class ToldContainer : ILastingContainer
    {
        private readonly List<RunnerEvent> _events = [];
        private bool _cut;

        public string Id => "told";

        public ContainerSpec Spec => JobFollowerTests.Spec;

        public string? Isolation => null;

        public bool IsAlive => true;

        public int Jobs { get; private set; }

        public List<long> FollowedAfter { get; } = [];

        public void Say(int events, int bytes = 1, bool ends = false)
        {
            for (int i = 0; i < events; i++)
            {
                _events.Add(ends && i == events - 1
                    ? new JobEndedEvent(false) { Sequence = _events.Count + 1 }
                    : new OutputEvent("run", "", OutputStream.Stdout, new byte[bytes]) { Sequence = _events.Count + 1 });
            }
        }

        public void Cut() => _cut = true;

        public Task StartAsync(Job job, ContainerLimits limits, CancellationToken cancellationToken)
        {
            Jobs++;
            return Task.CompletedTask;
        }

        public async IAsyncEnumerable<RunnerEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            FollowedAfter.Add(after);
            foreach (RunnerEvent one in _events.Where(one => one.Sequence > after).ToList())
            {
                yield return one;
            }

            if (!_cut)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
        }

        public IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
