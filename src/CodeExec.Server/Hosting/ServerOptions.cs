using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Server.Hosting;

/// <summary>Settings of this host. Those of its parts are theirs: Api, Auth, Cells, Containers, Data, Engine, Languages, Secrets.</summary>
public sealed class ServerOptions
{
    public const string Section = "Http";

    /// <summary>Where to listen: 127.0.0.1 unless set. Any address but a loopback one needs a key or JWT settings.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>0 (any free port) to 65,535; 7071 unless set.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = 7071;

    /// <summary>How long a stop waits for running work: 0 to 10 minutes, 10 seconds unless set. What has not ended by then is run again at the next start.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many executions may wait before submissions are refused with 429: 1 to 10,000,000, 100,000 unless set.</summary>
    [Range(1, 10_000_000)]
    public int MaxQueued { get; set; } = 100_000;
}

[OptionsValidator]
internal sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
