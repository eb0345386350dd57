namespace CodeExec.Core.Specifications;

/// <summary>What must hold for the source itself, beside what its tests show.</summary>
public sealed record ValidationRule
{
    public required string Id { get; init; }

    public required ValidationRuleType Type { get; init; }

    /// <summary>For the rules about texts and functions.</summary>
    public string? Text { get; init; }

    /// <summary>For the rules about patterns.</summary>
    public string? Pattern { get; init; }

    /// <summary>For the rules that bound something.</summary>
    public int? Max { get; init; }

    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>For who breaks it; one is made where there is none.</summary>
    public string? Message { get; init; }

    /// <summary>A warning is told and costs nothing.</summary>
    public bool IsWarning { get; init; }

    public IReadOnlyList<string> RequirementIds { get; init; } = [];
}

/// <summary>Names stand in stored specifications and on the wire.</summary>
public enum ValidationRuleType
{
    RequiredText,
    ForbiddenText,
    RequiredPattern,
    ForbiddenPattern,

    /// <summary>The source defines a function of this name.</summary>
    RequiredFunction,

    /// <summary>The source calls no function of this name.</summary>
    ForbiddenCall,
    AllowedLanguages,

    /// <summary>Lines of all files together.</summary>
    MaxLines,
    MaxFunctionLines,
    MaxComplexity,

    /// <summary>Of the slowest test.</summary>
    MaxWallMs,

    /// <summary>Of the test that takes most.</summary>
    MaxMemoryMb,
}
