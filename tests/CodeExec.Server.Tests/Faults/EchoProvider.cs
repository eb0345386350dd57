using System.Runtime.CompilerServices;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Containers whose program prints "1" and ends well.</summary>
internal sealed class EchoProvider : IContainerProvider
{
    private int _jobs;
    private int _alive;

    public string Name => "cells";

    /// <summary>How many jobs were begun.</summary>
    public int Jobs => _jobs;

    /// <summary>Containers that have not been disposed.</summary>
    public int Alive => _alive;

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new ProviderHealth(null, []));

    public Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _alive);
        return Task.FromResult<IContainer>(new Container(this, spec));
    }

    public Task<int> ReapAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    private sealed class Container(EchoProvider provider, ContainerSpec spec) : IContainer
    {
        public string Id => "1";

        public ContainerSpec Spec => spec;

        public string? Isolation => null;

        public bool IsAlive => true;

        public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref provider._jobs);
            await Task.Yield();
            yield return new StepStartedEvent("run");
            yield return new OutputEvent("run", "", OutputStream.Stdout, "1\n"u8.ToArray());
            yield return new CaseEndedEvent { Step = "run", Case = "", ExitCode = 0, StdoutBytes = 2 };
            yield return new StepEndedEvent("run", true);
            yield return new JobEndedEvent(false);
        }

        public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref provider._alive);
            return ValueTask.CompletedTask;
        }
    }
}
