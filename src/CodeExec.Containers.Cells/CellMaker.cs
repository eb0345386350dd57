using System.Globalization;
using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Containers.Cells.Launching;
using CodeExec.Containers.Cells.Network;
using CodeExec.Containers.Cells.Preparation;
using CodeExec.Containers.Cells.Templates;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Linux;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells;

/// <summary>Makes cells: forked from a template where the language has one, else each by bubblewrap.</summary>
internal sealed class CellMaker(CellLauncher launcher, TemplateShelf templates, CellRemover remover, CgroupShelf cgroupShelf, IToolchainPaths toolchains, PreparedToolchains prepared, IOptions<CellsOptions> options)
{
    private const int SeccompDescriptor = 10;
    private const int FirstCounter = 11;

    private readonly CellsOptions _options = options.Value;
    private long _last;

    /// <summary>Cells are made with the limits that most jobs have: those then need no change. A job that has others brings them.</summary>
    private static readonly ContainerLimits WhileWaiting = new((256L + 16) << 20, 64 + 8, Environment.ProcessorCount);

    private static readonly ContainerLimits OfTemplate = new(1L << 30, 4096, Environment.ProcessorCount);

    public async Task<Cell> MakeAsync(ContainerSpec spec, RuntimeFolder runtime, CgroupLayout? cgroups, CancellationToken cancellationToken)
    {
        if (spec is not { Held.Kind: HoldKind.Fork, Network: NetworkAccess.None })
        {
            return await MakeAsync(spec, cgroups, (id, cgroup) => StartAsync(id, spec, runtime, cgroup), cancellationToken);
        }

        for (bool again = false; ; again = true)
        {
            ForkTemplate template = await templates.TakeAsync(spec, () => MakeTemplateAsync(spec, runtime, cgroups), cancellationToken);
            try
            {
                return await MakeAsync(spec, cgroups, (id, cgroup) => ForkAsync(id, spec, template, cgroup, cancellationToken), cancellationToken);
            }
            catch (ContainerUnavailableException e) when (!again && e.InnerException is not OperationCanceledException)
            {
                // Mostly the template has just ended, and with it what it had begun. No program has run yet: another template does it.
                template.Failure = e.Message;
            }
            finally
            {
                await template.ReleaseAsync();
            }
        }
    }

    private async Task<Cell> MakeAsync(ContainerSpec spec, CgroupLayout? cgroups, Func<string, CellCgroup?, Task<Cell>> begin, CancellationToken cancellationToken)
    {
        string id = "cell-" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        CellCgroup? cgroup = cgroupShelf.Take(cgroups, WhileWaiting);
        Cell cell;
        try
        {
            cell = await begin(id, cgroup);
        }
        catch when (cgroup is not null)
        {
            await remover.EmptyAsync(cgroup);
            throw;
        }

        // From here on the cgroup is the cell's: given back twice, it would serve two cells at once.
        await WaitAsync(cell, cancellationToken);
        if (spec.Network == NetworkAccess.Full)
        {
            await AttachNetworkAsync(cell);
        }

        return cell;
    }

    private async Task AttachNetworkAsync(Cell cell)
    {
        try
        {
            cell.Network = await CellNetwork.AttachAsync(cell.ProcessId, launcher);
        }
        catch
        {
            await cell.DisposeAsync();
            throw;
        }
    }

    private async Task WaitAsync(Cell cell, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(_options.StartTimeout, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await cell.WaitUntilReadyAsync(either.Token);
        }
        catch (Exception e)
        {
            await cell.DisposeAsync();
            throw e switch
            {
                OperationCanceledException when !cancellationToken.IsCancellationRequested
                    => new ContainerUnavailableException($"A cell did not become ready within {_options.StartTimeout.TotalSeconds:0} s (Cells:StartTimeout).", e),
                ContainerLostException => new ContainerUnavailableException(e.Message, e),
                _ => e is ContainerUnavailableException or OperationCanceledException ? e : new ContainerUnavailableException(e.Message, e),
            };
        }
    }

    private async Task<Cell> StartAsync(string id, ContainerSpec spec, RuntimeFolder runtime, CellCgroup? cgroup)
    {
        List<FileDescriptor> opened = [];
        try
        {
            using SocketPair line = SocketPair.CreateStream();
            using Pipe complaints = Pipe.Create();
            opened.Add(FileDescriptors.Open(runtime.Seccomp, FileAccess.Read));
            List<(int, FileDescriptor)> descriptors = [(0, line.Second), (1, line.Second), (2, complaints.WriteEnd), (SeccompDescriptor, opened[0])];
            descriptors.AddRange((cgroup?.Counters ?? []).Select((file, i) => (FirstCounter + i, file)));
            List<string> command = [JailArguments.RunnerInside];
            if (cgroup is not null)
            {
                command.AddRange(["--cgroup", NumberCounters(cgroup)]);
            }

            bool library = toolchains.EnvironmentFor(spec.Language).Any(variable => variable.Value.Contains(JailArguments.LibraryInside, StringComparison.Ordinal));
            List<string> jail = JailArguments.Cell(spec, runtime, toolchains.For(spec.Language), prepared.For(spec.Language), library, SeccompDescriptor);
            if (spec.Held is { Kind: HoldKind.Start } held)
            {
                AddEnvironment(jail, WarmEnvironment(spec));
                command.AddRange(["--warm", "--", .. held.ToHeldArgv(JailArguments.NodePreloadInside)]);
            }

            int pid = await launcher.StartAsync(cgroup, jail, command, descriptors);
            complaints.ReadEnd.SetNonBlocking();
            JailProcess process = new(pid, PidFd.Open(pid), complaints.ReadEnd.Duplicate(), isChild: true);
            return NewCell(id, spec, process, line.First.Duplicate(), cgroup, remover);
        }
        finally
        {
            opened.ForEach(file => file.Dispose());
        }
    }

    private async Task<Cell> ForkAsync(string id, ContainerSpec spec, ForkTemplate template, CellCgroup? cgroup, CancellationToken cancellationToken)
    {
        using SocketPair line = SocketPair.CreateStream();
        using Pipe complaints = Pipe.Create();
        complaints.ReadEnd.SetNonBlocking();
        PidFd first = await template.ForkAsync(cgroup, spec.WorkspaceMb, line.Second, cancellationToken);
        JailProcess process = new(0, first, complaints.ReadEnd.Duplicate(), isChild: false, template.ReleaseAsync);
        Cell cell = NewCell(id, spec, process, line.First.Duplicate(), cgroup, remover);
        template.TryUse(); // which it releases when it ends
        return cell;
    }

    private async Task<ForkTemplate> MakeTemplateAsync(ContainerSpec spec, RuntimeFolder runtime, CgroupLayout? cgroups)
    {
        string id = "template-" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        CellCgroup? cgroup = NewCgroup(cgroups, id, OfTemplate);
        using SocketPair control = SocketPair.CreateSequencedPacket();
        using Pipe complaints = Pipe.Create();
        using Pipe stdio = Pipe.Create(); // an interpreter looks at what its stdin and stdout are when it starts: they are pipes in a cell
        List<string> jail = JailArguments.Template(spec, runtime, toolchains.For(spec.Language));
        AddEnvironment(jail, WarmEnvironment(spec));
        AddEnvironment(jail, [new("CODEEXEC_WARM", "fork"), new("CODEEXEC_SECCOMP", JailArguments.SeccompInside), new("CODEEXEC_CELLS", JailArguments.CellLibraryInside), new("CODEEXEC_RUNNER", JailArguments.RunnerInside)]);
        int pid = await launcher.StartAsync(cgroup, jail, spec.Held!.ToArgv(), [(0, stdio.ReadEnd), (1, stdio.WriteEnd), (2, complaints.WriteEnd), (3, control.Second)]);
        complaints.ReadEnd.SetNonBlocking();
        JailProcess process = new(pid, PidFd.Open(pid), complaints.ReadEnd.Duplicate(), isChild: true);
        ForkTemplate template = new(process, control.First.Duplicate(), cgroup, remover);
        control.Second.Dispose(); // so that the end of the template is seen
        try
        {
            await template.WaitUntilReadyAsync(_options.StartTimeout);
            return template;
        }
        catch
        {
            await template.DisposeAsync();
            throw;
        }
    }

    private static Cell NewCell(string id, ContainerSpec spec, JailProcess process, FileDescriptor line, CellCgroup? cgroup, CellRemover remover)
        => new(id, spec, process, new RunnerChannel(line), cgroup, remover, WeaknessOf(cgroup));

    /// <summary>What every result says that was made with less than all protections.</summary>
    private static string? WeaknessOf(CellCgroup? cgroup) => (cgroup, Environment.IsPrivilegedProcess) switch
    {
        (null, true) => "cells without cgroups",
        (null, false) => "cells without cgroups, under the service's own user",
        (_, false) => "cells under the service's own user",
        _ => null,
    };

    private static CellCgroup? NewCgroup(CgroupLayout? layout, string id, ContainerLimits limits)
    {
        if (layout is null)
        {
            return null;
        }

        try
        {
            CellCgroup cgroup = new(layout, id);
            cgroup.Create();
            cgroup.Begin(limits);
            return cgroup;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContainerUnavailableException($"A cgroup could not be made: {e.Message}", e);
        }
    }

    private static string NumberCounters(CellCgroup cgroup)
    {
        string option = cgroup.RunnerOption;
        for (int i = 0; i < cgroup.CounterFiles.Count; i++)
        {
            int place = option.IndexOf("%d", StringComparison.Ordinal);
            option = string.Concat(option.AsSpan(0, place), (FirstCounter + i).ToString(CultureInfo.InvariantCulture), option.AsSpan(place + 2));
        }

        return option;
    }

    private IEnumerable<KeyValuePair<string, string>> WarmEnvironment(ContainerSpec spec)
        => HeldInterpreter.ToHeldEnvironment(toolchains.EnvironmentFor(spec.Language), JailArguments.PythonInside);

    private static void AddEnvironment(List<string> jail, IEnumerable<KeyValuePair<string, string>> environment)
    {
        foreach ((string name, string value) in environment)
        {
            jail.AddRange(["--setenv", name, value]);
        }
    }
}
