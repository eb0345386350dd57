using CodeExec.Containers.Docker.Engine;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Docker;

/// <summary>Containers of a Docker engine, on this machine or another.</summary>
internal sealed class DockerProvider(
    DockerClient docker, ContainerRecipe recipe, ImageCheck images, ContainerRemover remover, IOptions<DockerOptions> options, TimeProvider clock, ILogger<DockerProvider> logger) : IContainerProvider, IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private readonly DockerOptions _options = options.Value;
    private readonly SemaphoreSlim _looking = new(1);
    private bool _engineIsFit;
    private bool _owesReaping;

    public string Name => "docker";

    public bool MakingIsDear => true; // 100 ms of the engine, containerd and runc

    public async Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            return EngineCheck.Of(await docker.InfoAsync(cancellationToken));
        }
        catch (DockerException e)
        {
            return new ProviderHealth(e.Message, []);
        }
    }

    public async Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        long begun = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await TryCreateAsync(spec, cancellationToken);
            }
            catch (DockerUnavailableException e)
            {
                if (clock.GetElapsedTime(begun) >= _options.OutagePatience)
                {
                    throw new ContainerUnavailableException(e.Message, e);
                }

                await UntilItAnswersAsync(begun, e, cancellationToken);
            }
        }
    }

    public async Task<int> ReapAsync(CancellationToken cancellationToken)
    {
        try
        {
            int count = await remover.RemoveAllAsync(recipe.Owner, cancellationToken);
            if (count > 0)
            {
                logger.Reaped(count);
            }

            return count;
        }
        catch (DockerException e)
        {
            _owesReaping = true;
            logger.NotReaped(e.Message);
            return 0;
        }
    }

    public async Task<IReadOnlyList<OwnedContainer>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<ListedContainer> found = await docker.ListContainersAsync(ContainerRecipe.HostLabel, cancellationToken);
            return [.. found.Select(one => new OwnedContainer(DockerContainer.ShortId(one.Id), one.Labels?.GetValueOrDefault(ContainerRecipe.HostLabel) ?? "", DateTimeOffset.FromUnixTimeSeconds(one.Created)))];
        }
        catch (DockerException e)
        {
            throw new ContainerUnavailableException(e.Message, e);
        }
    }

    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await docker.RemoveContainerAsync(id, cancellationToken);
        }
        catch (DockerException e)
        {
            throw new ContainerUnavailableException(e.Message, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await remover.SettleAsync();
        _looking.Dispose();
    }

    private async Task<IContainer> TryCreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        await RequireEngineAsync(cancellationToken);
        await remover.SettleAsync();
        string image = recipe.ImageOf(spec);
        await images.RequireAsync(image, cancellationToken);
        string name = $"codeexec-{Guid.NewGuid():n}", id;
        try
        {
            // Never called off: nobody could tell whether it is there. The transport has a deadline of its own.
            cancellationToken.ThrowIfCancellationRequested();
            id = await docker.CreateContainerAsync(name, recipe.For(spec), CancellationToken.None);
        }
        catch (DockerNotFoundException e)
        {
            images.Forget(image);
            throw new ContainerUnavailableException($"{e.Message.Trim()}. {ImageCheck.Missing(image)}", e);
        }
        catch (DockerUnavailableException e)
        {
            remover.Owe(name, e.Message);
            throw;
        }
        catch (DockerException e)
        {
            if (e is DockerConflictException)
            {
                await remover.RemoveAsync(name); // the transport had to ask twice: what has the name is ours
            }

            throw new ContainerUnavailableException(e.Message, e);
        }

        return await StartAsync(id, spec, cancellationToken);
    }

    private async Task<IContainer> StartAsync(string id, ContainerSpec spec, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(_options.StartTimeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        DockerContainer? container = null;
        try
        {
            RunnerLine line = new(await docker.AttachAsync(id, either.Token));
            container = new DockerContainer(id, spec, recipe.LimitsOf(spec), line, docker, remover, clock);
            await docker.StartAsync(id, either.Token);
            await container.WaitUntilReadyAsync(either.Token);
            return container;
        }
        catch (Exception e)
        {
            await (container?.DisposeAsync().AsTask() ?? remover.RemoveAsync(id));
            throw e switch
            {
                OperationCanceledException when !cancellationToken.IsCancellationRequested
                    => new ContainerUnavailableException($"A container did not become ready within {_options.StartTimeout.TotalSeconds:0} s (Docker:StartTimeout).", e),
                ContainerLostException or (DockerException and not DockerUnavailableException) => new ContainerUnavailableException(e.Message, e),
                _ => e,
            };
        }
    }

    private async Task RequireEngineAsync(CancellationToken cancellationToken)
    {
        if (_engineIsFit)
        {
            return;
        }

        await _looking.WaitAsync(cancellationToken);
        try
        {
            ProviderHealth health = EngineCheck.Of(await docker.InfoAsync(cancellationToken));
            if (health.Problem is { } problem)
            {
                throw new ContainerUnavailableException(problem);
            }

            if (_owesReaping)
            {
                // It was away when this host began, so nothing of this host is there yet: all is an earlier life's.
                await remover.RemoveAllAsync(recipe.Owner, cancellationToken);
                _owesReaping = false;
            }

            _engineIsFit = true;
        }
        finally
        {
            _looking.Release();
        }
    }

    private async Task UntilItAnswersAsync(long begun, DockerUnavailableException reason, CancellationToken cancellationToken)
    {
        _engineIsFit = false;
        logger.Away(reason.Message, _options.OutagePatience);
        while (clock.GetElapsedTime(begun) < _options.OutagePatience)
        {
            await Task.Delay(LookAgain, clock, cancellationToken);
            try
            {
                await docker.InfoAsync(cancellationToken);
                return;
            }
            catch (DockerException)
            {
                // Still away: that is what is waited for, and what is said when it took too long.
            }
        }
    }
}
