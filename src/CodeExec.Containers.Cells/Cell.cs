using System.Net.Sockets;
using System.Runtime.CompilerServices;
using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Containers.Cells.Launching;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells;

/// <summary>One jail with a runner in it, for one job.</summary>
internal sealed class Cell(string id, ContainerSpec spec, JailProcess process, RunnerChannel channel, CellCgroup? cgroup, CellRemover remover, string? isolation) : IContainer
{
    private int _disposed;
    private long _killsOfCases;

    public string Id { get; } = id;

    public ContainerSpec Spec { get; } = spec;

    public string? Isolation { get; } = isolation;

    public int ProcessId => process.Id;

    public bool HoldsCpus(double cpus) => cgroup is { HoldsCpus: true };

    /// <summary>Its way out, if it has one; goes with the cell.</summary>
    public IDisposable? Network { get; set; }

    public bool IsAlive => channel.IsQuiet;

    /// <summary>Waits for the runner's first word.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        RunnerEvent? first = await ReceiveAsync(cancellationToken);
        switch (first)
        {
            case ReadyEvent { Protocol: ProtocolVersion.Current }:
                return;
            case ReadyEvent other:
                throw new ContainerUnavailableException($"The runner speaks protocol {other.Protocol}, this host {ProtocolVersion.Current}: publish the runner of this build.");
            case FaultEvent fault:
                throw new ContainerUnavailableException(fault.Message);
            default:
                throw new ContainerUnavailableException($"The cell ended before its runner answered. {process.ReadComplaints()}".TrimEnd());
        }
    }

    public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cgroup?.Apply(limits);
        try
        {
            await channel.SendAsync(job, cancellationToken);
        }
        catch (IOException e)
        {
            throw Lost("its runner took no job", e);
        }

        while (true)
        {
            RunnerEvent? received = await ReceiveAsync(cancellationToken);
            switch (received)
            {
                case null:
                    throw Lost(process.ReadComplaints(), null);
                case FaultEvent fault:
                    throw Lost(fault.Message, null);
                case CaseEndedEvent { Limit: not null } or CaseEndedEvent { ExitCode: not 0 }:
                    _killsOfCases = cgroup?.OutOfMemoryKills() ?? 0; // that case has answered for them
                    yield return received;
                    break;
                default:
                    yield return received;
                    break;
            }

            if (received is JobEndedEvent)
            {
                yield break;
            }
        }
    }

    public async ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await channel.SendAsync(command, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            // The runner ends everything when its line is cut; the rest is for the case that it does not.
            channel.Dispose();
            Network?.Dispose();
            await remover.RemoveAsync(process, cgroup);
        }
    }

    private async ValueTask<RunnerEvent?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await channel.ReceiveAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException)
        {
            throw Lost(e.Message, e);
        }
    }

    private ContainerLostException Lost(string reason, Exception? inner)
    {
        bool outOfMemory = cgroup is not null && cgroup.OutOfMemoryKills() > _killsOfCases;
        return new ContainerLostException($"Cell {Id} ended before its job did. {reason}".TrimEnd(), outOfMemory, inner);
    }
}
