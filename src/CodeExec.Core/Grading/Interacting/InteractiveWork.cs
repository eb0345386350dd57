using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading.Running;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>An execution whose tests have an interactor.</summary>
/// <param name="BeginAsync">Called with each container that is about to run the program.</param>
internal sealed record InteractiveWork(
    RunningExecution Entry,
    ExecutionRecord Record,
    ExecutionSpec Spec,
    IContainerProvider Provider,
    JobRecorder Recorder,
    GradingState State,
    IReadOnlyCollection<byte[]> Secrets,
    Func<IContainer, CancellationToken, Task> BeginAsync);
