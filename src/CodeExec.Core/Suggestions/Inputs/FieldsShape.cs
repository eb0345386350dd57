using System.Text.RegularExpressions;

namespace CodeExec.Core.Suggestions.Inputs;

/// <summary>A few numbers in fixed places, with or without words between them: "3 4", "add 3 4", "x=3, y=4".</summary>
internal sealed class FieldsShape : InputShape
{
    private static readonly Regex NumberPattern = new(@"-?\d+(?:\.\d+)?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex FirstWord = new(@"^\s*[A-Za-z][\w-]*", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private readonly string _sample;
    private readonly Match[] _numbers;

    public FieldsShape(string sample)
    {
        _sample = sample;
        _numbers = [.. NumberPattern.Matches(sample).Cast<Match>()];
    }

    public override IEnumerable<ShapedInput> Edges(ValueRange range)
    {
        yield return new(InputKinds.Empty, "", "Nothing at all is given.");
        if (_numbers.Length == 0)
        {
            yield break;
        }

        if (range.Has(0))
        {
            yield return new(InputKinds.Zero, All("0"), _numbers.Length == 1 ? "The number is 0." : "All numbers are 0.");
        }

        if (range.Has(-1))
        {
            yield return new(InputKinds.Negative, One("-" + _numbers[0].Value.TrimStart('-')), "A number is below 0.");
        }

        if (range.Has(Beyond32))
        {
            yield return new(InputKinds.Beyond32Bits, One(Number(Beyond32)), "A number is beyond 32 bits.");
        }

        if (_numbers.Length > 1)
        {
            yield return new(InputKinds.Equal, All(_numbers[0].Value), "All numbers are the same.");
        }
    }

    public override IEnumerable<string> WithValue(long value)
        => _numbers.Length switch { 0 => [], 1 => [One(Number(value))], _ => [One(Number(value)), All(Number(value))] };

    public override string? WithWord(string word) => FirstWord.IsMatch(_sample) ? FirstWord.Replace(_sample, word, 1) : null;

    private string One(string value) => string.Concat(_sample.AsSpan(0, _numbers[0].Index), value, _sample.AsSpan(_numbers[0].Index + _numbers[0].Length));

    private string All(string value) => NumberPattern.Replace(_sample, value);
}
