using System.ComponentModel.DataAnnotations;

namespace CodeExec.Engine.Embedded;

/// <summary>How the embedded engine behaves.</summary>
public sealed class EmbeddedEngineOptions
{
    public const string Section = "Engine";

    /// <summary>How long a stop waits for running activities: 0 to 10 minutes, 10 seconds unless set. What is not done by then is left for the next start.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What a refused start is told to wait: 1 second to 5 minutes, 2 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan BusyRetryAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many unfinished instances are resumed at the same time after a start: 1 to 64, 2 unless set.</summary>
    [Range(1, 64)]
    public int ResumeParallelism { get; set; } = 2;
}
