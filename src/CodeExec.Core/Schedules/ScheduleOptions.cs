using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Schedules;

public sealed class ScheduleOptions
{
    public const string Section = "Schedules";

    /// <summary>How many a tenant may have: 0 to 10,000, 100 unless set.</summary>
    [Range(0, 10_000)]
    public int MostOfATenant { get; set; } = 100;

    /// <summary>How long there must be between two times of a schedule: 1 minute (which is all that cron knows) to 1 day, 1 minute unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ShortestInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What is later than this counts as missed: 1 second to 1 hour, 1 minute unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
public sealed partial class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>;
