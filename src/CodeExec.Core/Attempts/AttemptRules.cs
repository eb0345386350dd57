namespace CodeExec.Core.Attempts;

/// <summary>How often each student may submit to a problem or a challenge.</summary>
public sealed record AttemptRules
{
    /// <summary>At most so many in <see cref="Per"/>; null: as many as one likes.</summary>
    public int? Max { get; init; }

    /// <summary>Null: in all.</summary>
    public TimeSpan? Per { get; init; }

    /// <summary>At most so many in all, where <see cref="Max"/> is for a time.</summary>
    public int? Total { get; init; }

    /// <summary>So long after an attempt there is no other.</summary>
    public TimeSpan? Pause { get; init; }

    public bool CountsCompileErrors { get; init; }

    /// <summary>What a checker finds ill-formed (testlib's exit code 2) is an attempt too.</summary>
    public bool CountsFormatErrors { get; init; } = true;

    /// <summary>Runs by the samples alone are attempts too.</summary>
    public bool CountsSamples { get; init; } = true;

    internal int? MostInAll => Per is null ? Max : Total;

    internal int? MostInTime => Per is null ? null : Max;
}
