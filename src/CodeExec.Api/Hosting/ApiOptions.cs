using System.ComponentModel.DataAnnotations;

namespace CodeExec.Api.Hosting;

/// <summary>Bounds of the HTTP surface.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>The largest body that is read: 1 KiB to 1 GiB, 16 MiB unless set. Larger ones are answered with 413.</summary>
    [Range(1024, 1 << 30)]
    public int MaxBodyBytes { get; set; } = 16 << 20;

    /// <summary>How often a quiet event stream says that it lives: 1 second to 5 minutes, 15 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A viewer that takes nothing for so long is cut off: 1 second to 10 minutes, 30 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SlowViewerLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many executions one hub connection may follow at once: 1 to 10,000, 100 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxSubscriptions { get; set; } = 100;

    /// <summary>
    /// Origins ("https://app.example.org") of web pages elsewhere that may call this server from a browser. None unless set: pages that
    /// this server serves itself need no entry.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
