using System.Text.RegularExpressions;

namespace CodeExec.Core.Suggestions.Inputs;

/// <summary>A JSON array or object.</summary>
internal sealed class JsonShape(string sample) : InputShape
{
    private static readonly Regex NumberPattern = new(@"-?\d+(?:\.\d+)?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private readonly bool _isArray = sample.TrimStart()[0] == '[';

    public override IEnumerable<ShapedInput> Edges(ValueRange range)
    {
        yield return new(InputKinds.Empty, _isArray ? "[]" : "{}", _isArray ? "The array has no items." : "The object has no members.");
        if (NumberPattern.IsMatch(sample))
        {
            foreach ((string kind, long value, string why) in new[] { (InputKinds.Zero, 0L, "A number is 0."), (InputKinds.Negative, -1L, "A number is below 0."), (InputKinds.Beyond32Bits, Beyond32, "A number is beyond 32 bits.") })
            {
                if (range.Has(value))
                {
                    yield return new(kind, WithValue(value).First(), why);
                }
            }
        }

        if (_isArray)
        {
            yield return new(InputKinds.Many, $"[{string.Join(", ", Enumerable.Repeat(FirstItem(), UsualMany))}]", $"The array has {UsualMany} items: it shows how the time grows.");
        }
    }

    public override IEnumerable<string> WithValue(long value) => NumberPattern.IsMatch(sample) ? [NumberPattern.Replace(sample, Number(value), 1)] : [];

    public override string? WithCount(long count)
        => !_isArray || count is < 0 or > MostValues ? null : $"[{string.Join(", ", Enumerable.Repeat(FirstItem(), (int)count))}]";

    private string FirstItem()
    {
        try
        {
            using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(sample);
            return document.RootElement.EnumerateArray().Select(item => item.GetRawText()).FirstOrDefault("0");
        }
        catch (System.Text.Json.JsonException)
        {
            return "0"; // it only looks like JSON
        }
    }
}
