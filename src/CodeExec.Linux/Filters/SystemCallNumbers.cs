using System.Runtime.InteropServices;

namespace CodeExec.Linux.Filters;

/// <summary>The numbers of the calls that the filter names, on this machine's architecture.</summary>
internal sealed record SystemCallNumbers(
    uint Architecture, uint SetLimits, uint SetPriority, uint SetIoPriority, uint SetAffinity, uint SetScheduler, uint SetSchedulerParameter, uint SetSchedulerAttributes)
{
    private static readonly SystemCallNumbers X64 = new(0xc000003e, 302, 141, 251, 203, 144, 142, 314);
    private static readonly SystemCallNumbers Arm64 = new(0xc00000b7, 261, 140, 30, 122, 119, 118, 274);

    public static SystemCallNumbers OfThisMachine => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => X64,
        System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
        _ => throw new PlatformNotSupportedException("The runner knows the system calls of x64 and arm64."),
    };

    /// <summary>Those whose first argument names a process or thread.</summary>
    public IEnumerable<uint> OfScheduling => [SetAffinity, SetScheduler, SetSchedulerParameter, SetSchedulerAttributes];
}
