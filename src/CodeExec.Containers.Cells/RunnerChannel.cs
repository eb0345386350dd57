using System.IO.Pipelines;
using System.Net.Sockets;
using CodeExec.Core.Containers;
using CodeExec.Linux;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells;

/// <summary>The line to the runner in a cell: jobs out, events in.</summary>
internal sealed class RunnerChannel : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly RunnerEvents _events;

    public RunnerChannel(FileDescriptor socket)
    {
        _socket = new Socket(new SafeSocketHandle(socket.Detach(), ownsHandle: true));
        _stream = new NetworkStream(_socket, ownsSocket: true);
        _events = new RunnerEvents(PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true)));
    }

    /// <summary>While a cell waits its runner says nothing more: anything to read is its end.</summary>
    public bool IsQuiet => !_socket.Poll(0, SelectMode.SelectRead);

    public async Task SendAsync(Job job, CancellationToken cancellationToken) => await _stream.WriteAsync(RunnerEvents.LineOf(job), cancellationToken);

    public ValueTask SendAsync(RunnerCommand command, CancellationToken cancellationToken) => _stream.WriteAsync(RunnerEvents.LineOf(command), cancellationToken);

    /// <inheritdoc cref="RunnerEvents.ReadAsync"/>
    public ValueTask<RunnerEvent?> ReceiveAsync(CancellationToken cancellationToken) => _events.ReadAsync(cancellationToken);

    public void Dispose() => _stream.Dispose();
}
