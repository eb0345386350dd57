using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Batches;

public sealed class BatchOptions
{
    public const string Section = "Batches";

    /// <summary>Submissions of one batch: 1 to 1,000,000, 100,000 unless set.</summary>
    [Range(1, 1_000_000)]
    public int Submissions { get; set; } = 100_000;

    /// <summary>
    /// Submissions of a batch that are worked on at once: 1 to 1,024; one less than twice the processors unless set, so that a person's program
    /// finds a place at once.
    /// </summary>
    [Range(1, 1024)]
    public int Concurrency { get; set; } = Math.Max(2, (Environment.ProcessorCount * 2) - 1);

    /// <summary>Submissions that are handed out together: 1 to 100, 50 unless set. What is known survives a crash submission by submission.</summary>
    [Range(1, 100)]
    public int ShardSize { get; set; } = 50;

    /// <summary>How often a submission that we fail to judge is tried before it is set aside: 1 to 10, 3 unless set.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;
}

[OptionsValidator]
public sealed partial class BatchOptionsValidator : IValidateOptions<BatchOptions>;
