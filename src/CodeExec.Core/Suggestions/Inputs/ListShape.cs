namespace CodeExec.Core.Suggestions.Inputs;

/// <summary>Many numbers; with how many there are before them, or not.</summary>
internal sealed class ListShape : InputShape
{
    private readonly bool _counted;
    private readonly string _afterCount = "\n", _between = " ", _end;
    private readonly long[] _values;

    public ListShape(string sample, bool counted)
    {
        _counted = counted;
        _end = sample.EndsWith('\n') ? "\n" : "";
        string list = sample.TrimEnd();
        if (counted)
        {
            int first = list.Length - list.AsSpan().TrimStart("0123456789").Length;
            _afterCount = list.AsSpan(first).IndexOf('\n') >= 0 && list.AsSpan(first).TrimStart(" \t\r").StartsWith("\n") ? "\n" : " ";
            list = list[first..].Trim();
        }

        _between = list.Contains('\n', StringComparison.Ordinal) ? "\n" : " ";
        _values = [.. list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => long.TryParse(word, out long value) ? value : 1)];
    }

    public override bool CountsItself => true;

    public override string ValuesOf(string input) => _counted ? input.AsSpan().TrimStart().TrimStart("0123456789").ToString() : input;

    public override IEnumerable<ShapedInput> Edges(ValueRange range)
    {
        long usual = _values.FirstOrDefault(range.Has, range.Low ?? 1);
        yield return new(InputKinds.Empty, _counted ? "0" + _end : "", _counted ? "There are no values." : "Nothing at all is given.");
        yield return new(InputKinds.Single, Of([usual]), "There is one value only.");
        yield return new(InputKinds.Equal, Of([usual, usual, usual]), "All values are the same.");
        if (range.Has(0))
        {
            yield return new(InputKinds.Zero, Of([0, .. _values.Skip(1)]), "A value is 0.");
        }

        if (range.Has(-1))
        {
            yield return new(InputKinds.Negative, Of([.. _values.Select(value => value > 0 ? -value : value)]), "No value is above 0.");
        }

        if (range.Has(Beyond32))
        {
            yield return new(InputKinds.Beyond32Bits, Of([Beyond32, .. _values]), "A value, and with it any sum, is beyond 32 bits.");
        }

        yield return new(InputKinds.Many, Of(Spread(UsualMany, range)), $"There are {UsualMany} values: it shows how the time grows.");
    }

    public override IEnumerable<string> WithValue(long value) => [Of([value, .. _values.Skip(1)]), Of([.. _values.Select(_ => value)])];

    public override string? WithCount(long count) => count is < 0 or > MostValues ? null : Of(Spread((int)count, ValueRange.Any));

    private string Of(long[] values)
        => (_counted ? Number(values.Length) + (values.Length > 0 ? _afterCount : "") : "") + string.Join(_between, values.Select(Number)) + _end;

    /// <summary>The same each time, in no order.</summary>
    private static long[] Spread(int count, ValueRange range)
    {
        long low = range.Low ?? 1, width = Math.Clamp((range.High ?? low + 999) - low + 1, 1, 1_000_000);
        return [.. Enumerable.Range(0, count).Select(i => low + (i * 7919L + 104_729L) % width)];
    }
}
