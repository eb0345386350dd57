using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Grading.Running;

/// <summary>What all lanes of one graded execution share.</summary>
internal sealed class GradedWork(
    RunningExecution entry,
    ExecutionRecord record,
    ExecutionSpec spec,
    IContainerProvider provider,
    GradingContainers containers,
    JobRecorder recorder,
    GradingState state,
    GradingJournal journal,
    TestSuites suites,
    GradingOptions options,
    IReadOnlyCollection<byte[]> secrets,
    ILogWriter feed,
    TimeProvider clock)
{
    public RunningExecution Entry => entry;

    public ExecutionRecord Record => record;

    public ExecutionSpec Spec => spec;

    public IContainerProvider Provider => provider;

    public GradingContainers Containers => containers;

    /// <summary>Of the compilation, which is the first lane's.</summary>
    public JobRecorder Recorder => recorder;

    public GradingState State => state;

    public GradingJournal Journal => journal;

    public TestSuites Suites => suites;

    public GradingOptions Options => options;

    public IReadOnlyCollection<byte[]> Secrets => secrets;

    public ILogWriter Feed => feed;

    public TimeProvider Clock => clock;

    /// <summary>Each test has a container of its own, for that is cheaper than another start in the same.</summary>
    public bool IsOneByOne { get; init; }

    public DateTimeOffset? StartedAt { get; private set; }

    public string? Isolation { get; private set; }

    public GradedTest FindTest(string id) => state.Suite.Tests.FirstOrDefault(test => test.Id == id)
        ?? throw new ContainerLostException($"The runner spoke of a test '{id}' that there is not.", outOfMemory: false);

    /// <summary>The first container of the first lane is there.</summary>
    public async Task BeginAsync(IContainer container, CancellationToken cancellationToken)
    {
        Isolation = container.Isolation;
        if (StartedAt is null)
        {
            StartedAt = clock.GetUtcNow();
            await containers.MarkRunningAsync(entry, record, feed, provider.Name, StartedAt.Value, cancellationToken);
        }
    }
}
