using System.Globalization;
using CodeExec.Containers.Docker.Engine;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Images;
using CodeExec.Core.Executions;
using CodeExec.Linux.Filters;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Docker;

/// <summary>
/// How a container is made: all that a program in it can see and do is listed here. No mount of the host, no capability, no way to
/// more privileges, the filter on, the root read-only; what is writable is memory of limited size.
/// </summary>
internal sealed class ContainerRecipe(IImageLanguages languages, IOptions<DockerOptions> options)
{
    public const string Workspace = "/workspace";
    public const string HostLabel = "codeexec.host";
    public const string LanguageLabel = "codeexec.language";

    private const long CpuPeriod = 100_000;

    /// <summary>For a language that nobody knows the usual limits of.</summary>
    private static readonly ContainerLimits Otherwise = new((256L + 16) << 20, 64 + 8, System.Environment.ProcessorCount);

    /// <summary>Docker's own list, and what /sys tells of the machine: only /sys/fs/cgroup is left of it, where the runner reads what the kernel counts.</summary>
    private static readonly string[] Masked =
    [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/pressure", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi",
        "/sys/block", "/sys/bus", "/sys/class", "/sys/dev", "/sys/devices", "/sys/firmware", "/sys/hypervisor", "/sys/kernel", "/sys/module", "/sys/power",
        "/sys/fs/bpf", "/sys/fs/btrfs", "/sys/fs/ext4", "/sys/fs/f2fs", "/sys/fs/fuse", "/sys/fs/pstore", "/sys/fs/selinux", "/sys/fs/smackfs", "/sys/fs/xfs",
    ];

    private readonly DockerOptions _options = options.Value;

    /// <summary>The label that all containers of this host bear.</summary>
    public string Owner => $"{HostLabel}={_options.HostName}";

    /// <summary>The image of a language: the operator's choice, else its language file's.</summary>
    public string ImageOf(ContainerSpec spec)
        => _options.Images.GetValueOrDefault(spec.Language) ?? spec.Image
            ?? throw new ContainerUnavailableException($"There is no image for {spec.Language}: say in its language file which (\"image\"), or in Docker:Images:{spec.Language}.");

    public ContainerLimits LimitsOf(ContainerSpec spec) => languages.UsualLimitsFor(spec.Language) ?? Otherwise;

    public static ContainerUpdate ToUpdate(ContainerLimits limits)
        => new(limits.MemoryBytes, limits.MemoryBytes, limits.Processes, CpuPeriod, Quota(limits), Shares(limits));

    public NewContainer For(ContainerSpec spec)
    {
        ContainerLimits limits = LimitsOf(spec);
        bool network = spec.Network == NetworkAccess.Full;
        string size = ((long)spec.WorkspaceMb << 20).ToString(CultureInfo.InvariantCulture);
        string[] user = _options.User.Split(':');
        string folder = $"rw,exec,nosuid,nodev,size={size},mode=0755,uid={user[0]},gid={user[1]}";
        return new NewContainer
        {
            Image = ImageOf(spec),
            User = _options.User,
            Entrypoint = [ImagePaths.Runner],
            Cmd = ["--cgroup", "mounted", .. Held(spec)],
            Env = [.. Environment(spec).Select(variable => $"{variable.Key}={variable.Value}")],
            Labels = new Dictionary<string, string> { [HostLabel] = _options.HostName, [LanguageLabel] = spec.Language },
            WorkingDir = Workspace,
            Hostname = "cell",
            NetworkDisabled = !network, // cheaper than the network "none", which the engine sets up all the same: a loopback is all there is either way
            HostConfig = new HostConfig
            {
                NetworkMode = network ? NetworkOrThrow() : "none",
                Tmpfs = new Dictionary<string, string> { [Workspace] = folder, ["/tmp"] = folder },
                ShmSize = (long)spec.WorkspaceMb << 20,
                Memory = limits.MemoryBytes,
                MemorySwap = limits.MemoryBytes, // of both together: none of it swap
                PidsLimit = limits.Processes,
                CpuPeriod = CpuPeriod,
                CpuQuota = Quota(limits),
                SecurityOpt = ["no-new-privileges", "seccomp=" + SeccompProfile.Json],
                MaskedPaths = Masked,
                Runtime = _options.Runtime,
                CgroupParent = _options.CgroupParent,
            },
        };
    }

    // Docker's usual container has 1,024.
    private static long Shares(ContainerLimits limits) => limits.CpuWeight * 1024L / 100;

    private static long Quota(ContainerLimits limits) => (long)(limits.Cpus * CpuPeriod);

    private string NetworkOrThrow()
        => _options.Network ?? throw new ContainerUnavailableException(
            "This host gives Docker containers no network: what one could reach is for the operator to fence. Docker:Network names a Docker network made for that (docs/security.md).");

    private IEnumerable<KeyValuePair<string, string>> Environment(ContainerSpec spec)
        => spec.Held is null ? languages.EnvironmentFor(spec.Language) : HeldInterpreter.ToHeldEnvironment(languages.EnvironmentFor(spec.Language), ImagePaths.Python);

    // However the language would like it held: a fork inside one container would keep nobody apart, so each has an interpreter of its own.
    private static IEnumerable<string> Held(ContainerSpec spec)
        => spec.Held is { } held ? ["--warm", "--", .. held.ToHeldArgv(ImagePaths.NodePreload)] : [];
}
