using System.Globalization;
using System.Runtime.InteropServices;

namespace CodeExec.Linux.Filters;

/// <summary>
/// The kernel lets a process change the limits and the priority of any other of its user, and the runner's programs are of its user:
/// one prlimit(1, RLIMIT_CPU, 0) would kill the runner, one sched_setscheduler(1, SCHED_IDLE) starve it. So a filter that every program
/// inherits refuses such calls on another process (limits) or on the runner's threads (priorities). The runner itself is below the
/// filter too, but sets limits of its programs: its calls carry a random pass in two registers that the kernel does not look at.
/// </summary>
public static class RunnerShield
{
    private const uint FirstX32Number = 0x40000000;
    private const uint PriorityOfUser = 2;
    private const uint IoPriorityOfUser = 3;

    /// <summary>Puts this process and what it will start under the filter.</summary>
    /// <returns>What lets this process set the limits of others.</returns>
    public static LimitPass Raise()
    {
        LimitPass pass = LimitPass.Create();
        CurrentProcess.ForbidNewPrivileges();
        FilterInstruction[] filter = [.. Assemble(SystemCallNumbers.OfThisMachine, pass, OwnThreads())];
        SystemCallFilter.Install<FilterInstruction>(filter);
        return pass;
    }

    /// <summary>
    /// For a container whose first process is to be kept from all others, itself included, as bytes for prctl(PR_SET_SECCOMP): it may be
    /// installed before that process forks. What is left open, processes setting limits of one another, a runner closes for what it starts.
    /// </summary>
    public static byte[] OfFirstProcess() =>
        MemoryMarshal.AsBytes<FilterInstruction>([.. Assemble(SystemCallNumbers.OfThisMachine, pass: null, threads: [1])]).ToArray();

    internal static IEnumerable<FilterInstruction> Assemble(SystemCallNumbers calls, LimitPass? pass, IReadOnlyList<uint> threads)
    {
        FilterInstruction refused = FilterInstruction.Refuse(Errno.NotPermitted);
        List<FilterInstruction> program =
        [
            FilterInstruction.LoadArchitecture,
            FilterInstruction.SkipOnEqual(calls.Architecture, 1, 0),
            FilterInstruction.Refuse(Errno.NotImplemented),
            FilterInstruction.LoadNumber,
            FilterInstruction.SkipUnlessAtLeast(FirstX32Number, 1), // no call of arm64 has such a number
            FilterInstruction.Refuse(Errno.NotImplemented),
        ];
        program.AddRange(ForCall(calls.SetLimits,
        [
            FilterInstruction.LoadLow(2), // new limits: none means that the call only asks
            FilterInstruction.SkipOnEqual(0, 0, 3),
            FilterInstruction.LoadHigh(2),
            FilterInstruction.SkipOnEqual(0, 0, 1),
            FilterInstruction.Allow,
            FilterInstruction.LoadLow(0),
            .. pass is { } known ? OnlyOwn(known) : [.. threads.SelectMany(RefuseOn), FilterInstruction.Allow],
        ]));
        foreach (uint call in calls.OfScheduling)
        {
            program.AddRange(ForCall(call, [FilterInstruction.LoadLow(0), .. threads.SelectMany(RefuseOn), FilterInstruction.Allow]));
        }

        program.AddRange(ForCall(calls.SetPriority, [FilterInstruction.LoadLow(0), .. RefuseOn(PriorityOfUser), FilterInstruction.LoadLow(1), .. threads.SelectMany(RefuseOn), FilterInstruction.Allow]));
        program.AddRange(ForCall(calls.SetIoPriority, [FilterInstruction.LoadLow(0), .. RefuseOn(IoPriorityOfUser), FilterInstruction.LoadLow(1), .. threads.SelectMany(RefuseOn), FilterInstruction.Allow]));
        program.Add(FilterInstruction.Allow);
        return program;

        FilterInstruction[] RefuseOn(uint value) => [FilterInstruction.SkipOnEqual(value, 0, 1), refused];
    }

    private static FilterInstruction[] OnlyOwn(LimitPass pass) =>
    [
        FilterInstruction.SkipOnEqual(0, 0, 1), // of the caller itself
        FilterInstruction.Allow,
        .. AllowWith(pass),
        FilterInstruction.Refuse(Errno.NotPermitted),
    ];

    private static FilterInstruction[] AllowWith(LimitPass pass) =>
    [
        FilterInstruction.LoadLow(4),
        FilterInstruction.SkipOnEqual((uint)pass.First, 0, 7),
        FilterInstruction.LoadHigh(4),
        FilterInstruction.SkipOnEqual((uint)(pass.First >> 32), 0, 5),
        FilterInstruction.LoadLow(5),
        FilterInstruction.SkipOnEqual((uint)pass.Second, 0, 3),
        FilterInstruction.LoadHigh(5),
        FilterInstruction.SkipOnEqual((uint)(pass.Second >> 32), 0, 1),
        FilterInstruction.Allow,
    ];

    /// <summary>The rules end every path; what is another call passes over them.</summary>
    private static List<FilterInstruction> ForCall(uint number, FilterInstruction[] rules) => [FilterInstruction.SkipOnEqual(number, 0, rules.Length), .. rules];

    /// <summary>The runtime's own among them.</summary>
    private static List<uint> OwnThreads()
    {
        using LinuxDirectory? tasks = LinuxDirectory.TryOpen("/proc/self/task");
        if (tasks is null)
        {
            return [(uint)CurrentProcess.Id];
        }

        List<uint> threads = [];
        DirectoryReader names = tasks.ReadNames();
        while (names.TryNext(out ReadOnlySpan<byte> name))
        {
            threads.Add(uint.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return threads;
    }
}
