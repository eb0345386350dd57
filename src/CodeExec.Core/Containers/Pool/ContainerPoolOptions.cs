using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Containers.Pool;

public sealed class ContainerPoolOptions
{
    public const string Section = "Containers:Pool";

    /// <summary>How many containers may run a job at once: 1 to 1,024; twice the processors unless set. More wait for their turn.</summary>
    [Range(1, 1024)]
    public int MaxRunning { get; set; } = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>How many containers may wait ready, of all kinds: 0 switches the warm pool off; 16 unless set.</summary>
    [Range(0, 4096)]
    public int MaxReady { get; set; } = 16;

    /// <summary>How much memory the ready containers may take together, in MB: 1 to 1,048,576, 512 unless set.</summary>
    [Range(1, 1 << 20)]
    public int MemoryMb { get; set; } = 512;

    /// <summary>What one ready container is reckoned to take, in MB: 1 to 4,096, 16 unless set.</summary>
    [Range(1, 4096)]
    public int ReadyContainerMb { get; set; } = 16;

    /// <summary>How long an unused kind keeps its ready containers: 5 minutes unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(5);

    public int Budget => Math.Min(MaxReady, MemoryMb / ReadyContainerMb);
}

[OptionsValidator]
public sealed partial class ContainerPoolOptionsValidator : IValidateOptions<ContainerPoolOptions>;
