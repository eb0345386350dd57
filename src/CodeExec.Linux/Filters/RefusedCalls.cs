namespace CodeExec.Linux.Filters;

/// <summary>
/// What no program in a container may ask of the kernel, whoever makes the container: cells assemble a filter of it, Docker gets it as
/// a profile. The list, with the reasons, is in docs/security.md; a test compares the two.
/// </summary>
public static class RefusedCalls
{
    /// <summary>CLONE_NEW{TIME,NS,CGROUP,UTS,IPC,USER,PID,NET}, as flags of clone.</summary>
    public const uint NewNamespaces = 0x7E020080;

    /// <summary>Refused outright with EPERM. Those that a machine's architecture does not have are left out there.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "process_madvise",
        "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr",
        "unshare", "setns",
        "keyctl", "add_key", "request_key",
        "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register",
        "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "create_module", "get_kernel_syms", "query_module",
        "reboot", "swapon", "swapoff", "acct", "quotactl", "quotactl_fd", "nfsservctl", "syslog", "vhangup", "uselib", "ustat", "sysfs", "_sysctl",
        "settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname",
        "iopl", "ioperm", "modify_ldt", "personality",
        "name_to_handle_at", "open_by_handle_at", "lookup_dcookie", "fanotify_init",
        "mbind", "set_mempolicy", "migrate_pages", "move_pages",
    ];

    /// <summary>Socket families that are allowed: local, IPv4, IPv6 and (for name look-up of interfaces) netlink.</summary>
    public static IReadOnlyList<uint> AllowedFamilies { get; } = [1, 2, 10, 16];

    /// <summary>Terminal requests that push characters into a terminal's input: TIOCSTI and TIOCLINUX.</summary>
    public static IReadOnlyList<uint> Ioctls { get; } = [0x5412, 0x541C];
}
