using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Callbacks;

public sealed class CallbackOptions
{
    public const string Section = "Callbacks";

    /// <summary>How long a receiver may take for one delivery: 1 second to 1 minute, 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Host names ("grader.internal"), addresses or networks ("10.1.0.0/16") that are not public and may be called all the same. None unless set:
    /// a callback never reaches into the network that this server stands in.
    /// </summary>
    public IList<string> Allow { get; } = [];
}

[OptionsValidator]
public sealed partial class CallbackOptionsValidator : IValidateOptions<CallbackOptions>;
