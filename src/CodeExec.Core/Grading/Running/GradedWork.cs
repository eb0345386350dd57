using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Progress;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Grading.Running;

/// <summary>What all lanes of one graded execution share.</summary>
internal sealed class GradedWork(
    RunningExecution entry,
    ExecutionRecord record,
    ExecutionSpec spec,
    IContainerProvider provider,
    RunContainers containers,
    JobFollower follower,
    JobRecorder recorder,
    GradingState state,
    GradingJournal journal,
    TestSuites suites,
    GradingOptions options,
    IReadOnlyCollection<byte[]> secrets,
    ILogWriter feed,
    TimeProvider clock,
    ILogger<GradedRun> logger)
{
    public RunningExecution Entry => entry;

    public ExecutionRecord Record => record;

    public ExecutionSpec Spec => spec;

    public IContainerProvider Provider => provider;

    public RunContainers Containers => containers;

    public JobFollower Follower => follower;

    /// <summary>Of the compilation, which is the first lane's.</summary>
    public JobRecorder Recorder => recorder;

    public GradingState State => state;

    public GradingJournal Journal => journal;

    public TestSuites Suites => suites;

    public GradingOptions Options => options;

    public IReadOnlyCollection<byte[]> Secrets => secrets;

    public ILogWriter Feed => feed;

    public TimeProvider Clock => clock;

    public ILogger<GradedRun> Logger => logger;

    /// <summary>Nobody can go on with a container of this provider but the host that made it.</summary>
    public bool EndWithTheirHost => provider is not ILastingProvider;

    /// <summary>Keeps the compiled program, for another host that may follow the next container.</summary>
    public required Func<CancellationToken, Task> KeepProgramAsync { get; init; }

    /// <summary>Keeps what a program wrote in a test.</summary>
    public required Func<GradedTest, byte[], CancellationToken, Task> KeepOutputAsync { get; init; }

    /// <summary>Each test has a container of its own, for that is cheaper than another start in the same.</summary>
    public bool IsOneByOne { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public string? Isolation { get; private set; }

    public GradedTest FindTest(string id) => state.Suite.Tests.FirstOrDefault(test => test.Id == id)
        ?? throw new ContainerLostException($"The runner spoke of a test '{id}' that there is not.", outOfMemory: false);

    /// <summary>The first container of the first lane is there.</summary>
    public async Task BeginAsync(IContainer container, Job job, CancellationToken cancellationToken)
    {
        Isolation ??= JobIsolation.Of(container, job);
        if (StartedAt is null)
        {
            StartedAt = clock.GetUtcNow();
            await containers.MarkRunningAsync(entry, record, feed, provider.Name, StartedAt.Value, cancellationToken);
        }
    }
}
