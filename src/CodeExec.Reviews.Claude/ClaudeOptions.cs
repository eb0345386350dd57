using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Reviews.Claude;

/// <summary>Reviews by Claude. Without a key they are by rules alone, and nothing leaves this machine.</summary>
public sealed class ClaudeOptions
{
    public const string Section = "Reviews:Claude";

    /// <summary>A key of Anthropic's API. None unless set.</summary>
    public string? ApiKey { get; set; }

    [Required]
    public string Model { get; set; } = "claude-sonnet-4-5";

    /// <summary>Of the API; Anthropic's own unless set. For gateways, and for doubles in tests.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>For one review, with all tries: 1 second to 10 minutes, 2 minutes unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often one request is sent at most, while the API is busy or broken: 1 to 10, 4 unless set.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 4;

    /// <summary>Of an answer: 256 to 64,000, 4,000 unless set.</summary>
    [Range(256, 64_000)]
    public int MaxTokens { get; set; } = 4000;

    /// <summary>Of the code that is sent, in characters: 1,000 to 1,000,000, 100,000 unless set. What is longer is cut, and the review says so.</summary>
    [Range(1000, 1_000_000)]
    public int MaxCode { get; set; } = 100_000;
}

[OptionsValidator]
internal sealed partial class ClaudeOptionsValidator : IValidateOptions<ClaudeOptions>;
