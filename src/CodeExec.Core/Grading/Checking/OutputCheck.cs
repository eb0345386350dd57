namespace CodeExec.Core.Grading.Checking;

/// <summary>Compares one output while it comes, piece by piece. One for each test; not thread-safe.</summary>
public abstract class OutputCheck
{
    /// <summary>The next bytes of the output. They are the caller's again when this returns.</summary>
    public abstract void Add(ReadOnlySpan<byte> output);

    /// <summary>The output has ended.</summary>
    public abstract CheckResult Complete();

    /// <exception cref="NotSupportedException">A program has to be run; it can not be made here.</exception>
    public static OutputCheck For(CheckerSpec checker, ReadOnlyMemory<byte> expected) => checker switch
    {
        CheckerSpec.Exact => new PresentationCheck(new ExactCheck(expected), new TokenCheck(expected)),
        CheckerSpec.Trimmed => new PresentationCheck(new TrimmedCheck(expected), new TokenCheck(expected)),
        CheckerSpec.Tokens { IgnoreCase: false } => new TokenCheck(expected),
        CheckerSpec.Tokens => new CaselessTokenCheck(expected),
        CheckerSpec.Floats floats => new FloatCheck(expected, floats.Absolute, floats.Relative),
        CheckerSpec.UnorderedLines lines => UnorderedCheck.Lines(expected, lines.IgnoreCase),
        CheckerSpec.UnorderedTokens words => UnorderedCheck.Words(expected, words.IgnoreCase),
        CheckerSpec.Contains => new ContainsCheck(expected),
        CheckerSpec.Regex regex => new RegexCheck(regex.Pattern, regex.IgnoreCase),
        CheckerSpec.Json => new JsonCheck(expected),
        _ => throw new NotSupportedException($"A checker of type {checker?.GetType().Name} does not compare texts."),
    };
}
