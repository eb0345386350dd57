using System.Runtime.CompilerServices;
using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Processes;

namespace CodeExec.Runner.Limits;

/// <summary>The kernel's limits for one program: a second line behind what the runner and the container's cgroup enforce.</summary>
internal sealed class ProgramLimits
{
    private const ulong LeastStack = 8 << 20;

    /// <summary>What file actions of a spawn may name is checked against this process's own limit.</summary>
    private const ulong LeastWhileSpawning = 256;

    private readonly LimitPass _pass;
    private readonly bool _yields;
    private readonly (ResourceLimitKind Kind, ulong Value)[] _values;

    public ProgramLimits(JobLimits limits, LimitPass pass)
    {
        _pass = pass;
        _yields = limits.Cpus is not null;
        ulong stackCeiling = ResourceLimit.Get(0, ResourceLimitKind.StackBytes).Hard;
        StackBytes = Math.Min((ulong?)limits.StackBytes ?? Math.Max((ulong)limits.MemoryBytes, LeastStack), stackCeiling);
        MostStackBytes = limits.StackBytes is null ? stackCeiling : StackBytes;
        CpuSeconds = (ulong)((limits.CpuMs + limits.GraceMs + 999) / 1000) + 1;
        OpenFiles = (ulong)limits.OpenFiles;
        FileBytes = (ulong)Math.Min(limits.FileBytes ?? long.MaxValue, limits.WorkspaceBytes);
        _values =
        [
            (ResourceLimitKind.CpuSeconds, CpuSeconds),
            (ResourceLimitKind.FileBytes, FileBytes),
            (ResourceLimitKind.OpenFiles, OpenFiles),
        ];
    }

    public ulong StackBytes { get; }

    /// <summary>What a program may raise that to: where a stack was asked for, that is the limit.</summary>
    public ulong MostStackBytes { get; }

    public ulong CpuSeconds { get; }

    public ulong FileBytes { get; }

    public ulong OpenFiles { get; }

    /// <summary>
    /// Starts a program under these limits. They are inherited as soft limits, in force before its first instruction, and made hard
    /// right after. This process's own hard limits can not be lowered for a moment: they could not be raised again.
    /// </summary>
    public int Start(SpawnRequest request, CaseMark mark)
    {
        HaveRoomOnStack();
        Span<ResourceLimit> before = stackalloc ResourceLimit[_values.Length];
        ResourceLimit stackBefore = ResourceLimit.Get(0, ResourceLimitKind.StackBytes);
        ResourceLimit.Set(0, ResourceLimitKind.Locks, mark.Limit);
        try
        {
            ResourceLimit.Set(0, ResourceLimitKind.StackBytes, stackBefore with { Soft = StackBytes });
            for (int i = 0; i < _values.Length; i++)
            {
                before[i] = ResourceLimit.Get(0, _values[i].Kind);
                ResourceLimit.Set(0, _values[i].Kind, before[i] with { Soft = Math.Min(WhileSpawning(_values[i]), before[i].Hard) });
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
        MakeHard(pid, (ulong)Math.Ceiling(cpuUsed.TotalSeconds));
    }

    /// <summary>This process's own stack can not grow beyond what a program is given while that limit is in force here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HaveRoomOnStack()
    {
        const int Room = 128 << 10;
        if (StackBytes < LeastStack)
        {
            Span<byte> room = stackalloc byte[Room];
            room[0] = 1;
            Volatile.Read(ref room[^1]);
        }
    }

    private static ulong WhileSpawning((ResourceLimitKind Kind, ulong Value) limit)
        => limit.Kind == ResourceLimitKind.OpenFiles ? Math.Max(limit.Value, LeastWhileSpawning) : limit.Value;

    private void MakeHard(int pid, ulong cpuSecondsBefore = 0)
    {
        if (_yields)
        {
            Niceness.SetMost(pid); // to this process, where both have to share a part of a processor
        }

        ResourceLimit.TrySet(pid, ResourceLimitKind.StackBytes, new ResourceLimit(StackBytes, MostStackBytes), _pass);
        foreach ((ResourceLimitKind kind, ulong limit) in _values)
        {
            ulong value = kind == ResourceLimitKind.CpuSeconds ? limit + cpuSecondsBefore : limit;

            // Not possible when the program has ended already, or where this process's own hard limit is lower: both are well.
            ResourceLimit.TrySet(pid, kind, new ResourceLimit(value, value), _pass);
        }
    }
}
