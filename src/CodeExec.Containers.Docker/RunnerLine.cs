using System.IO.Pipelines;
using CodeExec.Containers.Docker.Engine;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Docker;

/// <summary>The line to the runner in a container, over the attached connection: jobs out, events in.</summary>
internal sealed class RunnerLine : IAsyncDisposable
{
    private readonly Stream _attached;
    private readonly AttachedOutput _output;
    private readonly RunnerEvents _events;
    private Task<RunnerEvent?>? _next;

    public RunnerLine(Stream attached)
    {
        _attached = attached;
        _output = new AttachedOutput(attached);
        _events = new RunnerEvents(PipeReader.Create(_output, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true)));
    }

    /// <summary>While a container waits its runner says nothing more: anything that comes is its end.</summary>
    public bool IsQuiet => _next is { IsCompleted: false };

    /// <summary>What the runner complained about, for the operator.</summary>
    public string Complaints => _output.Complaints;

    /// <summary>From now on, <see cref="IsQuiet"/> tells whether the other end still waits.</summary>
    public void BeginToListen() => _next ??= _events.ReadAsync(CancellationToken.None).AsTask();

    public async Task SendAsync(Job job, CancellationToken cancellationToken) => await _attached.WriteAsync(RunnerEvents.LineOf(job), cancellationToken);

    public ValueTask SendAsync(RunnerCommand command, CancellationToken cancellationToken) => _attached.WriteAsync(RunnerEvents.LineOf(command), cancellationToken);

    /// <inheritdoc cref="RunnerEvents.ReadAsync"/>
    public async ValueTask<RunnerEvent?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_next is not { } next)
        {
            return await _events.ReadAsync(cancellationToken);
        }

        RunnerEvent? received = await next.WaitAsync(cancellationToken);
        _next = null;
        return received;
    }

    public async ValueTask DisposeAsync()
    {
        await _attached.DisposeAsync();
        if (_next is { } next)
        {
            // It ends with the connection; what with, nobody asks any more.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
