using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Operations.Retention;

/// <summary>How long things are kept. What is older goes by itself, a few at a time.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// How long an ended execution is kept, with its log, outputs, artifacts and idempotency key: 7 days to 100 years, 30 days unless set. Not less
    /// than 7 days, because for so long a repeated request or webhook must find its first one.
    /// </summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan Executions { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a compiled program is kept for reuse: 1 hour to 100 years, 7 days unless set.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan Compiled { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How much the compiled programs may take together, in MB: 0 to 1,048,576, 1,024 unless set. The oldest go first.</summary>
    [Range(0, 1 << 20)]
    public int CompiledMb { get; set; } = 1024;

    /// <summary>How long an ended batch is kept, with its submissions, results and tests of its own: 7 days to 100 years, 180 days unless set.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan Batches { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How long it is kept what became of callbacks: 7 days to 100 years, 30 days unless set.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan Deliveries { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an ended validation is kept, with its report: 7 days to 100 years, 180 days unless set.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan Validations { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How long students' attempts count after the newest of them: 7 days to 100 years, 400 days unless set, so that they last for a course.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan Attempts { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long a review is kept: 7 days to 100 years, 180 days unless set.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan Reviews { get; set; } = TimeSpan.FromDays(180);

    /// <summary>
    /// How long the idempotency keys of batches, validations, reviews and specifications are kept: 7 days to 100 years, 30 days unless set. Those of
    /// executions go with them.
    /// </summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "36500.00:00:00")]
    public TimeSpan Keys { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often it is looked: 1 minute to 1 day, 1 hour unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
internal sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
