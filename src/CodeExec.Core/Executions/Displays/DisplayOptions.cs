using System.ComponentModel.DataAnnotations;
using CodeExec.Protocol;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Executions.Displays;

/// <summary>How much of what an execution shows is kept. What is more is left out, and the result says so.</summary>
public sealed class DisplayOptions
{
    public const string Section = "Displays";

    /// <summary>0 to 1,000, 50 unless set; 0 keeps none.</summary>
    [Range(0, 1000)]
    public int Count { get; set; } = 50;

    /// <summary>One: 1 KiB to 64 MiB, 4 MiB unless set.</summary>
    [Range(1, 64 << 10)]
    public int FileKb { get; set; } = 4 << 10;

    /// <summary>All of an execution, with what they were before they changed: 1 KiB to 1 GiB, 16 MiB unless set.</summary>
    [Range(1, 1 << 20)]
    public int TotalKb { get; set; } = 16 << 10;

    /// <summary>Up to this size one stands in the result itself: 0 to 1 MiB, 64 KiB unless set.</summary>
    [Range(0, 1 << 10)]
    public int InlineKb { get; set; } = 64;

    internal JobDisplays? ForJob => Count == 0 ? null : new JobDisplays(JobDisplays.UsualFolder, Count, (long)FileKb << 10, (long)TotalKb << 10);
}

[OptionsValidator]
internal sealed partial class DisplayOptionsValidator : IValidateOptions<DisplayOptions>;
