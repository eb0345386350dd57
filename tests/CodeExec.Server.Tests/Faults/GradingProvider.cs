using System.Runtime.CompilerServices;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Containers whose program prints its input. What happens at each test can be told.</summary>
internal sealed class GradingProvider : IContainerProvider
{
    private readonly List<string> _ran = [];
    private int _containers;
    private int _alive;

    public string Name => "cells";

    /// <summary>Called before each test ends, with its id and how often it was begun.</summary>
    public Func<string, int, Task> OnTest { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Called after each test has ended, with its id.</summary>
    public Func<string, Task> AfterTest { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited when a run was called off, before its container says so.</summary>
    public Func<Task> OnLeaving { get; set; } = () => Task.CompletedTask;

    /// <summary>What is told of a test's end in place of exit code 0, by its id and how often it was begun.</summary>
    public Func<string, int, CaseEndedEvent, CaseEndedEvent> OnEnd { get; set; } = (_, _, ended) => ended;

    /// <summary>Whether a container for each test is as cheap as it is with forked interpreters.</summary>
    public bool IsOneByOne { get; set; }

    /// <summary>Every test that was begun, in order.</summary>
    public IReadOnlyList<string> Ran
    {
        get
        {
            lock (_ran)
            {
                return [.. _ran];
            }
        }
    }

    public int Containers => _containers;

    /// <summary>Containers that have not been disposed.</summary>
    public int Alive => _alive;

    public TimeSpan? RetryAfter { get; set; }

    public bool MakesForTheAsking(ContainerSpec spec) => IsOneByOne;

    public Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new ProviderHealth(null, []));

    public Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _containers);
        Interlocked.Increment(ref _alive);
        return Task.FromResult<IContainer>(new Container(this, spec));
    }

    public Task<int> ReapAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    private int Begin(string test)
    {
        lock (_ran)
        {
            _ran.Add(test);
            return _ran.Count(id => id == test);
        }
    }

    private sealed class Container(GradingProvider provider, ContainerSpec spec) : IContainer
    {
        public string Id => "1";

        public ContainerSpec Spec => spec;

        public string? Isolation => null;

        public bool IsAlive => true;

        public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (JobCase test in job.Steps[^1].Cases)
            {
                yield return new CaseStartedEvent("run", test.Id);
                int time = provider.Begin(test.Id);
                try
                {
                    await provider.OnTest(test.Id, time).WaitAsync(cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    await provider.OnLeaving();
                    throw;
                }

                yield return new OutputEvent("run", test.Id, OutputStream.Stdout, test.Stdin);
                yield return provider.OnEnd(test.Id, time, new CaseEndedEvent { Step = "run", Case = test.Id, ExitCode = 0, StdoutBytes = test.Stdin.Length });
                await provider.AfterTest(test.Id).WaitAsync(cancellationToken);
            }

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
