using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Containers.Cells.Launching;
using CodeExec.Containers.Cells.Preparation;
using CodeExec.Containers.Cells.Templates;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells;

/// <summary>Containers as bubblewrap jails on this machine.</summary>
internal sealed class CellProvider(CellMaker maker, TemplateShelf templates, CgroupShelf cgroupShelf, CellReaper reaper, ToolchainPreparer preparer, IOptions<CellsOptions> options, ILogger<CellProvider> logger) : IContainerProvider, IAsyncDisposable
{
    private readonly CellsOptions _options = options.Value;
    private readonly SemaphoreSlim _setUp = new(1);
    private Ground? _ground;

    public string Name => "cells";

    /// <summary>A cell that is forked from an interpreter, and followed from outside: without cgroups it has a runner of its own, which is dear.</summary>
    public bool MakesForTheAsking(ContainerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec is { Held.Kind: HoldKind.Fork, Network: NetworkAccess.None } && _ground?.Cgroups is not null;
    }

    public async Task<ProviderHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new ProviderHealth(null, (await SetUpAsync(cancellationToken)).Weaknesses);
        }
        catch (ContainerUnavailableException e)
        {
            return new ProviderHealth(e.Message, []);
        }
    }

    public async Task<IContainer> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Ground ground = await SetUpAsync(cancellationToken);
        _ = preparer.Want(spec.Language, async (workshop, stopping) => await maker.MakeAsync(workshop, ground.Runtime, ground.Cgroups, stopping));
        return await maker.MakeAsync(spec, ground.Runtime, ground.Cgroups, cancellationToken);
    }

    public async Task<int> ReapAsync(CancellationToken cancellationToken)
    {
        int count = await reaper.ReapAsync(CgroupDetector.Detect(_options.HostName).Layout, RuntimeFolder.DefaultFor(_options));
        if (count > 0)
        {
            logger.Reaped(count);
        }

        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await preparer.DisposeAsync();
        await templates.DisposeAsync();
        cgroupShelf.Dispose();
        if (_ground is { } ground)
        {
            ground.Runtime.Remove();
            CellReaper.RemoveFolders(ground.Cgroups);
        }

        _setUp.Dispose();
    }

    private async Task<Ground> SetUpAsync(CancellationToken cancellationToken)
    {
        if (_ground is { } ready)
        {
            return ready;
        }

        await _setUp.WaitAsync(cancellationToken);
        try
        {
            return _ground ??= await Task.Run(SetUp, cancellationToken);
        }
        finally
        {
            _setUp.Release();
        }
    }

    private Ground SetUp()
    {
        List<string> weaknesses = [];
        JailCheck.Require();
        (CgroupLayout? cgroups, string? problem) = CgroupDetector.Detect(_options.HostName);
        if (cgroups is null)
        {
            if (!_options.AllowWithoutCgroups)
            {
                throw new ContainerUnavailableException($"Cells need cgroups here (Cells:AllowWithoutCgroups is off), and there are none: {problem}");
            }

            weaknesses.Add($"No cgroups ({problem}): memory, process and CPU limits are watched by the runner instead of enforced by the kernel, so a burst may pass them for a moment.");
        }

        if (cgroups is { HasQuota: false })
        {
            weaknesses.Add("The kernel has no processor quotas (CONFIG_CFS_BANDWIDTH): limits.cpus is not held.");
        }

        if (!Environment.IsPrivilegedProcess)
        {
            weaknesses.Add("The service does not run as root: cells run under its own user id instead of one of their own. The jail still hides everything else of that user.");
        }

        RuntimeFolder runtime = new(RuntimeFolder.DefaultFor(_options));
        if (_options.RuntimeFolder is null && !Environment.IsPrivilegedProcess)
        {
            OwnFolder.Claim(Path.GetDirectoryName(runtime.Path)!);
        }

        runtime.Create(RunnerBinary.Find(_options.RunnerPath));
        return new Ground(runtime, cgroups, weaknesses);
    }

    private sealed record Ground(RuntimeFolder Runtime, CgroupLayout? Cgroups, IReadOnlyList<string> Weaknesses);
}
