namespace CodeExec.Core.Suggestions.Inputs;

/// <summary>Words, or lines of words.</summary>
internal sealed class TextShape(string sample) : InputShape
{
    private readonly string _text = sample.TrimEnd(), _end = sample.EndsWith('\n') ? "\n" : "";

    public override IEnumerable<ShapedInput> Edges(ValueRange range)
    {
        yield return new(InputKinds.Empty, "" + _end, "Nothing at all is given.");
        yield return new(InputKinds.Single, _text[..1] + _end, "There is one letter only.");
        yield return new(InputKinds.Equal, $"{_text} {_text}{_end}", "The same comes twice.");
        yield return new(InputKinds.Unicode, "Grüße, 漢字 🎉" + _end, "Letters are beyond ASCII: lengths in bytes, in characters and on paper differ.");
        yield return new("spaces", $"  {_text.Replace(" ", "   ", StringComparison.Ordinal)}  {_end}", "There are spaces around it, and more than one between.");
        yield return new(InputKinds.Many, string.Join(' ', Enumerable.Repeat(_text, UsualMany)) + _end, "It is very long: it shows how the time grows.");
    }

    public override IEnumerable<string> WithValue(long value) => [Number(value) + _end];

    public override string? WithCount(long count)
        => count is < 0 or > MostValues ? null : string.Concat(Enumerable.Range(0, (int)count).Select(i => Letters[i % Letters.Length])) + _end;

    public override string? WithWord(string word)
    {
        int length = _text.TakeWhile(c => !char.IsWhiteSpace(c)).Count();
        return word + _text[length..] + _end;
    }

    /// <summary>Its own, so that what may not stand in it does not.</summary>
    private string Letters => string.Concat(_text.Where(char.IsLetterOrDigit)) is { Length: > 0 } own ? own : "a";
}
