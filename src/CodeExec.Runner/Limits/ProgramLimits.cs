using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Processes;

namespace CodeExec.Runner.Limits;

/// <summary>The kernel's limits for one program: a second line behind what the runner and the container's cgroup enforce.</summary>
internal sealed class ProgramLimits
{
    private const ulong LeastStack = 8 << 20;

    private readonly LimitPass _pass;
    private readonly (ResourceLimitKind Kind, ulong Value)[] _values;

    public ProgramLimits(JobLimits limits, LimitPass pass)
    {
        _pass = pass;
        ulong stackCeiling = ResourceLimit.Get(0, ResourceLimitKind.StackBytes).Hard;
        StackBytes = Math.Min(Math.Max((ulong)limits.MemoryBytes, LeastStack), stackCeiling);
        CpuSeconds = (ulong)((limits.CpuMs + 999) / 1000) + 1;
        OpenFiles = (ulong)limits.OpenFiles;
        FileBytes = (ulong)limits.WorkspaceBytes;
        _values =
        [
            (ResourceLimitKind.CpuSeconds, CpuSeconds),
            (ResourceLimitKind.FileBytes, FileBytes),
            (ResourceLimitKind.OpenFiles, OpenFiles),
        ];
    }

    public ulong StackBytes { get; }

    public ulong CpuSeconds { get; }

    public ulong FileBytes { get; }

    public ulong OpenFiles { get; }

    /// <summary>
    /// Starts a program under these limits. They are inherited as soft limits, in force before its first instruction, and made hard
    /// right after. This process's own hard limits can not be lowered for a moment: they could not be raised again.
    /// </summary>
    public int Start(SpawnRequest request, CaseMark mark)
    {
        Span<ResourceLimit> before = stackalloc ResourceLimit[_values.Length];
        ResourceLimit stackBefore = ResourceLimit.Get(0, ResourceLimitKind.StackBytes);
        ResourceLimit.Set(0, ResourceLimitKind.Locks, mark.Limit);
        try
        {
            ResourceLimit.Set(0, ResourceLimitKind.StackBytes, stackBefore with { Soft = StackBytes });
            for (int i = 0; i < _values.Length; i++)
            {
                before[i] = ResourceLimit.Get(0, _values[i].Kind);
                ResourceLimit.Set(0, _values[i].Kind, before[i] with { Soft = Math.Min(_values[i].Value, before[i].Hard) });
            }

            int pid = PosixSpawn.Start(request);
            MakeHard(pid);
            return pid;
        }
        finally
        {
            ResourceLimit.Set(0, ResourceLimitKind.StackBytes, stackBefore);
            for (int i = 0; i < _values.Length; i++)
            {
                if (before[i].Hard > 0)
                {
                    ResourceLimit.Set(0, _values[i].Kind, before[i]);
                }
            }
        }
    }

    /// <summary>Puts a program that already runs, and has run no code of a user's, under these limits.</summary>
    public void ApplyTo(int pid, CaseMark mark, TimeSpan cpuUsed)
    {
        ResourceLimit.TrySet(pid, ResourceLimitKind.Locks, mark.Limit, _pass);
        ResourceLimit.TrySet(pid, ResourceLimitKind.CoreBytes, default, _pass);
        if (ResourceLimit.TryGet(pid, ResourceLimitKind.StackBytes, out ResourceLimit stack))
        {
            ResourceLimit.TrySet(pid, ResourceLimitKind.StackBytes, stack with { Soft = Math.Min(StackBytes, stack.Hard) }, _pass);
        }

        MakeHard(pid, (ulong)Math.Ceiling(cpuUsed.TotalSeconds));
    }

    private void MakeHard(int pid, ulong cpuSecondsBefore = 0)
    {
        foreach ((ResourceLimitKind kind, ulong limit) in _values)
        {
            ulong value = kind == ResourceLimitKind.CpuSeconds ? limit + cpuSecondsBefore : limit;

            // Not possible when the program has ended already, or where this process's own hard limit is lower: both are well.
            ResourceLimit.TrySet(pid, kind, new ResourceLimit(value, value), _pass);
        }
    }
}
