using System.Text.Json.Serialization;

namespace CodeExec.Core.Grading.Checking;

/// <summary>How an output is compared with what was expected. Names stand in stored problems.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Exact), "exact")]
[JsonDerivedType(typeof(Trimmed), "trimmed")]
[JsonDerivedType(typeof(Tokens), "tokens")]
[JsonDerivedType(typeof(Floats), "float")]
[JsonDerivedType(typeof(UnorderedLines), "unorderedLines")]
[JsonDerivedType(typeof(UnorderedTokens), "unorderedTokens")]
[JsonDerivedType(typeof(Contains), "contains")]
[JsonDerivedType(typeof(Regex), "regex")]
[JsonDerivedType(typeof(Json), "json")]
[JsonDerivedType(typeof(Program), "program")]
[JsonDerivedType(typeof(Interactor), "interactor")]
[JsonDerivedType(typeof(Kept), "kept")]
public abstract record CheckerSpec
{
    private CheckerSpec()
    {
    }

    public static CheckerSpec Default { get; } = new Trimmed();

    /// <summary>Byte for byte.</summary>
    public sealed record Exact : CheckerSpec;

    /// <summary>White space at the ends of lines, and empty lines at the end, do not count.</summary>
    public sealed record Trimmed : CheckerSpec;

    /// <summary>The same words in the same order, whatever white space is between them.</summary>
    public sealed record Tokens(bool IgnoreCase = false) : CheckerSpec;

    /// <summary>As <see cref="Tokens"/>, but numbers may differ: by <paramref name="Absolute"/>, or by <paramref name="Relative"/> times the expected one.</summary>
    public sealed record Floats(double Absolute, double Relative) : CheckerSpec;

    /// <summary>The same lines in any order; empty ones and white space at their ends do not count.</summary>
    public sealed record UnorderedLines(bool IgnoreCase = false) : CheckerSpec;

    /// <summary>The same words, each as often, in any order and with any white space.</summary>
    public sealed record UnorderedTokens(bool IgnoreCase = false) : CheckerSpec;

    /// <summary>What is expected stands somewhere in the output.</summary>
    public sealed record Contains : CheckerSpec;

    /// <summary>The pattern is found in the output; nothing else is expected.</summary>
    public sealed record Regex(string Pattern, bool IgnoreCase = false) : CheckerSpec;

    /// <summary>The same JSON value: order of members and ways to write a number do not count.</summary>
    public sealed record Json : CheckerSpec;

    /// <summary>The author's own program decides, in a container of its own.</summary>
    public sealed record Program(JudgeProgram Checker) : CheckerSpec
    {
        public override JudgeProgram? FinalJudge => Checker;
    }

    /// <summary>The author's own program speaks with the submission, each in a container of its own, and decides.</summary>
    /// <param name="Judge">Its stdin is the submission's stdout, and the other way round.</param>
    /// <param name="Then">Looks at what the interactor wrote into its output file, once that has accepted. Null: its word is the last.</param>
    public sealed record Interactor(JudgeProgram Judge, CheckerSpec? Then = null) : CheckerSpec
    {
        public override JudgeProgram? FinalJudge => Then?.FinalJudge;
    }

    /// <summary>Nothing is compared: the whole output is what is wanted. For programs of authors that make tests; nobody can ask for it in a submission.</summary>
    public sealed record Kept : CheckerSpec;

    /// <summary>The program that has the last word on an output, if it is one.</summary>
    [JsonIgnore]
    public virtual JudgeProgram? FinalJudge => null;
}
