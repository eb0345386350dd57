using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells;

public sealed class CellsOptions
{
    public const string Section = "Cells";

    /// <summary>The runner's binary. Looked for beside the host and in the repository's artifacts unless set.</summary>
    public string? RunnerPath { get; set; }

    /// <summary>The first of the unprivileged user ids that cells run under when the host is root: 1,000 to 2,000,000,000, 640,000 unless set.</summary>
    [Range(1000, 2_000_000_000)]
    public int FirstUserId { get; set; } = 640_000;

    /// <summary>How many user ids are used in turn, so that no two living cells share one: 1 to 65,536, 4,096 unless set.</summary>
    [Range(1, 65_536)]
    public int UserIds { get; set; } = 4096;

    /// <summary>How many processors one cell may keep busy: 0.1 to 1,024, all of the machine's unless set.</summary>
    [Range(0.1, 1024)]
    public double Cpus { get; set; } = Environment.ProcessorCount;

    /// <summary>How long a cell may take until its runner answers: 1 second to 5 minutes, 20 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Forks after which a template interpreter is replaced: 1 to 1,000,000, 2,000 unless set. Forks of one template share their hash seed and address layout.</summary>
    [Range(1, 1_000_000)]
    public int ForksPerTemplate { get; set; } = 2000;

    /// <summary>Lets cells be made although the host has no right to cgroups. Every result then says so.</summary>
    public bool AllowWithoutCgroups { get; set; } = true;

    /// <summary>Where what cells need is laid out: /run/codeexec (root) or the temporary folder unless set. Must be readable by everyone.</summary>
    public string? RuntimeFolder { get; set; }

    /// <summary>Lets toolchains make ahead what they can (precompiled C++ headers, an archive for javac), the first time their language is asked for: on unless set.</summary>
    public bool PrepareToolchains { get; set; } = true;

    /// <summary>Where that is kept, for all servers of this machine: /var/cache/codeexec/prepared (root) or ~/.local/share/codeexec/prepared unless set. Must be readable by everyone.</summary>
    public string? PreparedFolder { get; set; }

    /// <summary>Tells this host's cells from another's on the same machine. Made from the data folder by the composition root.</summary>
    public string HostName { get; set; } = "host";
}

[OptionsValidator]
internal sealed partial class CellsOptionsValidator : IValidateOptions<CellsOptions>;
