using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Grading;

/// <summary>Bounds of graded work. What is larger is refused, never silently cut.</summary>
public sealed class GradingOptions
{
    public const string Section = "Grading";

    /// <summary>Tests of one submission or problem: 1 to 10,000, 1,000 unless set.</summary>
    [Range(1, 10_000)]
    public int Tests { get; set; } = 1000;

    /// <summary>One input, one expected output, or one file of a test: 1 KiB to 256 MiB, 32 MiB unless set.</summary>
    [Range(1024, 256 << 20)]
    public int TestBytes { get; set; } = 32 << 20;

    /// <summary>All data of all tests of a problem: 1 KiB to 2 GiB, 512 MiB unless set.</summary>
    [Range(1024L, 2L << 30)]
    public long SuiteBytes { get; set; } = 512L << 20;

    /// <summary>An archive with a problem or with submissions, as it is sent: 1 KiB to 1 GiB, 128 MiB unless set.</summary>
    [Range(1024, 1 << 30)]
    public int ArchiveBytes { get; set; } = 128 << 20;

    /// <summary>Files in such an archive: 1 to 200,000, 50,000 unless set.</summary>
    [Range(1, 200_000)]
    public int ArchiveFiles { get; set; } = 50_000;

    /// <summary>How much of what a program wrote stands in the result of a test: 0 to 65,536 bytes, 4,096 unless set.</summary>
    [Range(0, 64 << 10)]
    public int ShownBytes { get; set; } = 4096;

    /// <summary>Test data given to one container at once; more is parted over several: 64 KiB to 256 MiB, 8 MiB unless set.</summary>
    [Range(64 << 10, 256 << 20)]
    public int ShardBytes { get; set; } = 8 << 20;
}

[OptionsValidator]
public sealed partial class GradingOptionsValidator : IValidateOptions<GradingOptions>;
