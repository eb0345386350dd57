using System.Runtime.InteropServices;

namespace CodeExec.Containers.Cells.Seccomp;

/// <summary>Numbers of the system calls that the filter knows, for the architectures we run on.</summary>
internal sealed record SystemCalls(uint AuditArchitecture, bool HasX32, IReadOnlyDictionary<string, uint> Numbers)
{
    public static SystemCalls OfThisMachine => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        Architecture other => throw new PlatformNotSupportedException($"Cells have no system call filter for {other}; they run on x64 and arm64."),
    };

    // From the kernel's arch/x86/entry/syscalls/syscall_64.tbl.
    public static readonly SystemCalls X64 = new(0xC000003E, HasX32: true, new Dictionary<string, uint>
    {
        ["ioctl"] = 16, ["socket"] = 41, ["socketpair"] = 53, ["clone"] = 56, ["ptrace"] = 101, ["syslog"] = 103, ["uselib"] = 134, ["personality"] = 135,
        ["ustat"] = 136, ["sysfs"] = 139, ["vhangup"] = 153, ["modify_ldt"] = 154, ["pivot_root"] = 155, ["_sysctl"] = 156, ["acct"] = 163,
        ["settimeofday"] = 164, ["mount"] = 165, ["umount2"] = 166, ["swapon"] = 167, ["swapoff"] = 168, ["reboot"] = 169,
        ["sethostname"] = 170, ["setdomainname"] = 171, ["iopl"] = 172, ["ioperm"] = 173, ["create_module"] = 174, ["init_module"] = 175,
        ["delete_module"] = 176, ["get_kernel_syms"] = 177, ["query_module"] = 178, ["quotactl"] = 179, ["nfsservctl"] = 180,
        ["lookup_dcookie"] = 212, ["clock_settime"] = 227, ["mbind"] = 237, ["set_mempolicy"] = 238, ["get_mempolicy"] = 239,
        ["kexec_load"] = 246, ["add_key"] = 248, ["request_key"] = 249, ["keyctl"] = 250, ["migrate_pages"] = 256, ["unshare"] = 272,
        ["move_pages"] = 279, ["perf_event_open"] = 298, ["fanotify_init"] = 300, ["name_to_handle_at"] = 303, ["open_by_handle_at"] = 304,
        ["clock_adjtime"] = 305, ["setns"] = 308, ["process_vm_readv"] = 310, ["process_vm_writev"] = 311, ["kcmp"] = 312,
        ["finit_module"] = 313, ["kexec_file_load"] = 320, ["bpf"] = 321, ["userfaultfd"] = 323, ["io_uring_setup"] = 425,
        ["io_uring_enter"] = 426, ["io_uring_register"] = 427, ["open_tree"] = 428, ["move_mount"] = 429, ["fsopen"] = 430,
        ["fsconfig"] = 431, ["fsmount"] = 432, ["fspick"] = 433, ["clone3"] = 435, ["process_madvise"] = 440, ["mount_setattr"] = 442,
        ["quotactl_fd"] = 443, ["adjtimex"] = 159, ["chroot"] = 161, ["mknod"] = 133, ["mknodat"] = 259,
    });

    // From the kernel's include/uapi/asm-generic/unistd.h.
    public static readonly SystemCalls Arm64 = new(0xC00000B7, HasX32: false, new Dictionary<string, uint>
    {
        ["ioctl"] = 29, ["socket"] = 198, ["socketpair"] = 199, ["clone"] = 220, ["ptrace"] = 117, ["syslog"] = 116, ["personality"] = 92, ["vhangup"] = 58,
        ["pivot_root"] = 41, ["acct"] = 89, ["settimeofday"] = 170, ["mount"] = 40, ["umount2"] = 39, ["swapon"] = 224, ["swapoff"] = 225,
        ["reboot"] = 142, ["sethostname"] = 161, ["setdomainname"] = 162, ["init_module"] = 105, ["delete_module"] = 106, ["quotactl"] = 60,
        ["nfsservctl"] = 42, ["lookup_dcookie"] = 18, ["clock_settime"] = 112, ["mbind"] = 235, ["set_mempolicy"] = 237,
        ["get_mempolicy"] = 236, ["kexec_load"] = 104, ["add_key"] = 217, ["request_key"] = 218, ["keyctl"] = 219, ["migrate_pages"] = 238,
        ["unshare"] = 97, ["move_pages"] = 239, ["perf_event_open"] = 241, ["fanotify_init"] = 262, ["name_to_handle_at"] = 264,
        ["open_by_handle_at"] = 265, ["clock_adjtime"] = 266, ["setns"] = 268, ["process_vm_readv"] = 270, ["process_vm_writev"] = 271,
        ["kcmp"] = 272, ["finit_module"] = 273, ["kexec_file_load"] = 294, ["bpf"] = 280, ["userfaultfd"] = 282, ["io_uring_setup"] = 425,
        ["io_uring_enter"] = 426, ["io_uring_register"] = 427, ["open_tree"] = 428, ["move_mount"] = 429, ["fsopen"] = 430,
        ["fsconfig"] = 431, ["fsmount"] = 432, ["fspick"] = 433, ["clone3"] = 435, ["process_madvise"] = 440, ["mount_setattr"] = 442,
        ["quotactl_fd"] = 443, ["adjtimex"] = 171, ["chroot"] = 51,
    });
}
