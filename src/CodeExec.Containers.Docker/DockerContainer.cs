using System.Net.Sockets;
using System.Runtime.CompilerServices;
using CodeExec.Containers.Docker.Engine;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Docker;

/// <summary>A started container with a runner in it, for one job.</summary>
internal sealed class DockerContainer(string id, ContainerSpec spec, ContainerLimits madeWith, RunnerLine line, DockerClient docker, ContainerRemover remover, TimeProvider clock) : IContainer
{
    /// <summary>Its stream ends a moment before the engine knows why.</summary>
    private static readonly TimeSpan UntilTheEndIsKnown = TimeSpan.FromSeconds(5);

    private bool _jobEnded;
    private bool _ranOutOfMemory; // a case that has answered for it
    private int _disposed;

    public string Id { get; } = ShortId(id);

    public ContainerSpec Spec { get; } = spec;

    public string? Isolation => null;

    public bool IsAlive => line.IsQuiet;

    /// <summary>What people see of an id, and the engine understands.</summary>
    public static string ShortId(string id) => id[..Math.Min(12, id.Length)];

    /// <summary>Waits for the runner's first word.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        RunnerEvent? first = await ReceiveAsync(cancellationToken);
        switch (first)
        {
            case ReadyEvent { Protocol: ProtocolVersion.Current, RunnerVersion: RunnerRelease.Version }:
                line.BeginToListen();
                return;
            case ReadyEvent other:
                throw new ContainerUnavailableException(
                    $"The image of {Spec.Language} holds runner {other.RunnerVersion} (protocol {other.Protocol}), this host is {RunnerRelease.Version} ({ProtocolVersion.Current}). Build it anew: infra/images/build.");
            case FaultEvent fault:
                throw new ContainerUnavailableException(fault.Message);
            default:
                throw new ContainerUnavailableException($"The container ended before its runner answered. {line.Complaints} If its image was built by an earlier version: infra/images/build.");
        }
    }

    public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CaseCpus cpus = new(job, limits.Cpus);
        limits = limits with { Cpus = cpus.OfFirst };
        await BeginAsync(job, limits, cancellationToken);
        while (true)
        {
            RunnerEvent? received = await ReceiveAsync(cancellationToken);
            switch (received)
            {
                case null:
                    throw await LostAsync(line.Complaints, null);
                case FaultEvent fault:
                    throw await LostAsync(fault.Message, null);
                case CaseStartedEvent started when cpus.Of(started) is var wanted && wanted != limits.Cpus:
                    limits = limits with { Cpus = wanted };
                    await UpdateAsync(limits, cancellationToken);
                    yield return received;
                    break;
                default:
                    _ranOutOfMemory |= received is CaseEndedEvent { Limit: LimitKind.Memory };
                    yield return received;
                    break;
            }

            if (received is JobEndedEvent)
            {
                _jobEnded = true;
                yield break;
            }
        }
    }

    public async ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await line.SendAsync(command, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            if (_jobEnded)
            {
                await UntilItHasEndedAsync();
            }

            await line.DisposeAsync();
            await remover.RemoveAsync(id);
        }
    }

    // A runner whose job has ended is about to end. One that still runs would have to be killed, and that is another start of runc.
    private async Task UntilItHasEndedAsync()
    {
        using CancellationTokenSource deadline = new(UntilTheEndIsKnown, clock);
        try
        {
            await docker.WaitAsync(id, deadline.Token);
        }
        catch (Exception e) when (e is DockerException or OperationCanceledException)
        {
            // Then its removal ends it, or says why not.
        }
    }

    private async Task BeginAsync(Job job, ContainerLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            if (limits != madeWith)
            {
                await docker.UpdateAsync(id, ContainerRecipe.ToUpdate(limits), cancellationToken);
            }

            await line.SendAsync(job, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or DockerException)
        {
            throw await LostAsync($"It took no job: {e.Message}", e);
        }
    }

    private async Task UpdateAsync(ContainerLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            await docker.UpdateAsync(id, ContainerRecipe.ToUpdate(limits), cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or DockerException)
        {
            throw await LostAsync($"Its processors could not be set: {e.Message}", e);
        }
    }

    private async ValueTask<RunnerEvent?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await line.ReceiveAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException)
        {
            throw await LostAsync(e.Message, e);
        }
    }

    // From what the engine knows of its end, never from an exit code alone.
    private async Task<ContainerLostException> LostAsync(string reason, Exception? inner)
    {
        string lost = $"Container {Id} ended before its job did. {reason}".TrimEnd();
        using CancellationTokenSource deadline = new(UntilTheEndIsKnown, clock);
        try
        {
            await docker.WaitAsync(id, deadline.Token);
            ContainerState state = (await docker.InspectContainerAsync(id, deadline.Token)).State;
            return new ContainerLostException(lost, state is { Running: false, OOMKilled: true } && !_ranOutOfMemory, inner);
        }
        catch (DockerException e)
        {
            return new ContainerLostException($"{lost} {e.Message}", outOfMemory: false, e);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested)
        {
            return new ContainerLostException($"{lost} It still runs, without an answer.", outOfMemory: false, e);
        }
    }
}
