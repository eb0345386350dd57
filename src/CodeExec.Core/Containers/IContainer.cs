using CodeExec.Protocol;

namespace CodeExec.Core.Containers;

/// <summary>A container that waits for its one job. Disposing it ends every process in it and removes all it had; doing so twice is harmless.</summary>
public interface IContainer : IAsyncDisposable
{
    string Id { get; }

    ContainerSpec Spec { get; }

    /// <summary>How its isolation is weaker than usual, by name; null when all protections stand.</summary>
    string? Isolation { get; }

    /// <summary>Whether a program in it is held to so many processors, as its step may say (<see cref="JobLimits.Cpus"/>).</summary>
    bool HoldsCpus(double cpus) => true;

    /// <summary>False once the container can no longer take a job (its runner has ended while it waited).</summary>
    bool IsAlive { get; }

    /// <summary>How much longer than its job a run may take because of the container: for one that is only made when its job is known, and for events that come a long way.</summary>
    TimeSpan Lag => TimeSpan.Zero;

    /// <summary>How long what is said to a live program, and what it answers, may be on its way: that is nobody's time.</summary>
    TimeSpan ToBeHeard => TimeSpan.FromMilliseconds(10);

    /// <summary>Sets the limits and runs the job: the events as they come, up to the last. Cancelling ends the container.</summary>
    /// <exception cref="ContainerLostException">It ended before the job did.</exception>
    IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, CancellationToken cancellationToken);

    /// <summary>
    /// Says something to the runner after the job's first event, one thing after another. Waits for as long as a live program does not
    /// read. One that was cancelled may have been said by half: the container can then only be disposed.
    /// </summary>
    /// <returns>False when the container hears nothing any more: its job has ended, or it is lost, which <see cref="RunAsync"/> tells.</returns>
    ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken);
}
