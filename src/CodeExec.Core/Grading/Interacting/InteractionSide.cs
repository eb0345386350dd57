using CodeExec.Core.Containers;
using CodeExec.Core.Executions.Running;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>One of the two programs: its container, how to speak to it, and how it ended.</summary>
internal sealed class InteractionSide(Speaker speaker, IContainer container, ExecutionPlan plan, CancellationToken cancellationToken) : IDisposable
{
    private readonly TaskCompletionSource _hears = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _line = new(1);
    private readonly CancellationTokenSource _letGo = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    public Speaker Speaker { get; } = speaker;

    /// <summary>How it ended. Null while it runs; and for good where its container was let go or ran out of memory before it could be said.</summary>
    public CaseEndedEvent? Result { get; private set; }

    public bool OutOfMemory { get; private set; }

    /// <summary>We ended it.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Completes when its program has ended, however it did.</summary>
    public Task Ended => _ended.Task;

    private bool WasLetGo => _letGo.IsCancellationRequested && !cancellationToken.IsCancellationRequested;

    /// <summary>What its runner says, up to the end.</summary>
    public async Task FollowAsync(Func<RunnerEvent, ValueTask> onEvent)
    {
        try
        {
            await foreach (RunnerEvent received in container.RunAsync(plan.Job, plan.Limits, _letGo.Token))
            {
                _hears.TrySetResult();
                Result = received as CaseEndedEvent ?? Result;
                await onEvent(received);
                if (received is CaseEndedEvent)
                {
                    _ended.TrySetResult();
                }
            }
        }
        catch (OperationCanceledException) when (WasLetGo)
        {
            // Then nothing more is to be heard of it.
        }
        catch (ContainerLostException e) when (e.OutOfMemory)
        {
            OutOfMemory = true;
        }
        finally
        {
            _hears.TrySetResult();
            _ended.TrySetResult();
        }
    }

    /// <summary>Says something to it, and waits while it does not read. One that has ended does not mind.</summary>
    public async ValueTask SayAsync(RunnerCommand command)
    {
        try
        {
            await _hears.Task.WaitAsync(_letGo.Token);
            await _line.WaitAsync(_letGo.Token);
            try
            {
                await container.SendAsync(command, _letGo.Token);
            }
            finally
            {
                _line.Release();
            }
        }
        catch (OperationCanceledException) when (WasLetGo)
        {
            // Nobody is there to hear it.
        }
    }

    /// <summary>Ends the program. Its runner says what it used; where it does not even listen, the container is let go.</summary>
    public async Task StopAsync()
    {
        WasStopped |= Result is null;
        if (_line.CurrentCount == 0 || !_hears.Task.IsCompleted)
        {
            await LetGoAsync();
            return;
        }

        await SayAsync(new RunnerCommand(RunnerCommand.Stop));
    }

    /// <summary>Nothing more is to be heard of it, nor said to it.</summary>
    public Task LetGoAsync() => _letGo.CancelAsync();

    public void Dispose()
    {
        _line.Dispose();
        _letGo.Dispose();
    }
}
