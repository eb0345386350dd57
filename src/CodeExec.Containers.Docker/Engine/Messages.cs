namespace CodeExec.Containers.Docker.Engine;

// The engine's own names: https://docs.docker.com/reference/api/engine. Only what we send or read; it may say more.

internal sealed record EngineError(string? Message);

/// <param name="SecurityOptions">"name=seccomp,profile=default", "name=rootless"…</param>
internal sealed record EngineInfo(
    string? ServerVersion, IReadOnlyList<string>? SecurityOptions, bool MemoryLimit, bool SwapLimit, bool PidsLimit, bool CpuCfsQuota, string? CgroupVersion);

internal sealed record ImageInfo(string Id, ImageConfig? Config);

internal sealed record ImageConfig(IReadOnlyDictionary<string, string>? Labels, IReadOnlyDictionary<string, object>? Volumes);

internal sealed record PullProgress(string? Status, string? Id, string? Progress, string? Error);

internal sealed record CreatedContainer(string Id);

/// <param name="Created">Seconds of Unix time.</param>
internal sealed record ListedContainer(string Id, long Created, IReadOnlyDictionary<string, string>? Labels);

internal sealed record ContainerInfo(ContainerState State);

internal sealed record ContainerState(bool Running, bool OOMKilled, int ExitCode);

internal sealed record ContainerExit(int StatusCode);

internal sealed record NewContainer
{
    public required string Image { get; init; }

    public required string User { get; init; }

    public required IReadOnlyList<string> Entrypoint { get; init; }

    public required IReadOnlyList<string> Cmd { get; init; }

    public required IReadOnlyList<string> Env { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required string WorkingDir { get; init; }

    public required string Hostname { get; init; }

    public required bool NetworkDisabled { get; init; }

    public bool OpenStdin { get; init; } = true;

    /// <summary>When the host goes away, the runner's stdin ends, and the runner with it.</summary>
    public bool StdinOnce { get; init; } = true;

    /// <summary>The runner heeds no gentler one: an engine that stops need not wait for it.</summary>
    public string StopSignal { get; init; } = "SIGKILL";

    public bool AttachStdin { get; init; } = true;

    public bool AttachStdout { get; init; } = true;

    public bool AttachStderr { get; init; } = true;

    /// <summary>An image's health check would run beside the program.</summary>
    public HealthCheck Healthcheck { get; init; } = new(["NONE"]);

    public required HostConfig HostConfig { get; init; }
}

internal sealed record HealthCheck(IReadOnlyList<string> Test);

internal sealed record HostConfig
{
    public required string NetworkMode { get; init; }

    public required IReadOnlyDictionary<string, string> Tmpfs { get; init; }

    public required long ShmSize { get; init; }

    public required long Memory { get; init; }

    public required long MemorySwap { get; init; }

    public required long PidsLimit { get; init; }

    public required long CpuPeriod { get; init; }

    public required long CpuQuota { get; init; }

    public required IReadOnlyList<string> SecurityOpt { get; init; }

    public required IReadOnlyList<string> MaskedPaths { get; init; }

    public string? Runtime { get; init; }

    public string? CgroupParent { get; init; }

    public IReadOnlyList<string> CapDrop { get; init; } = ["ALL"];

    public bool ReadonlyRootfs { get; init; } = true;

    public LogConfig LogConfig { get; init; } = new("none");

    public string IpcMode { get; init; } = "private";

    public string CgroupnsMode { get; init; } = "private";
}

internal sealed record LogConfig(string Type);

internal sealed record ContainerUpdate(long Memory, long MemorySwap, long PidsLimit, long CpuPeriod, long CpuQuota);
