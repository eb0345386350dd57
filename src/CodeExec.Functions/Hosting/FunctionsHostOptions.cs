using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Hosting;

/// <summary>Settings of this host.</summary>
public sealed class FunctionsHostOptions
{
    public const string Section = "Functions";

    /// <summary>
    /// How long one try of an activity may take: 1 minute to 1 day, 25 minutes unless set. Keep it below functionTimeout in host.json, so that the Functions host is never the one
    /// who ends a try.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ActivityLimit { get; set; } = TimeSpan.FromMinutes(25);

    /// <summary>
    /// How long one activity follows a run, or works on a shard of a batch, before the next goes on with it: 1 second to 1 hour, 5 minutes unless set. At least a minute less
    /// than <see cref="ActivityLimit"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Slice { get; set; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
internal sealed partial class FunctionsHostOptionsValidator : IValidateOptions<FunctionsHostOptions>;
