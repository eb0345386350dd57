namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>What signs between two values do.</summary>
internal static class TemplateOperators
{
    public static object? Apply(string sign, object? one, object? other, TemplateScope scope, int line) => sign switch
    {
        "+" => Add(one, other, scope, line),
        "==" or "=" => TemplateValues.AreEqual(one, other, line),
        "!=" => !TemplateValues.AreEqual(one, other, line),
        "<" or "lt" => TemplateValues.Compare(one, other, line) < 0,
        "<=" or "lte" => TemplateValues.Compare(one, other, line) <= 0,
        ">" or "gt" => TemplateValues.Compare(one, other, line) > 0,
        ">=" or "gte" => TemplateValues.Compare(one, other, line) >= 0,
        _ => Calculate(sign, TemplateValues.Number(one, line), TemplateValues.Number(other, line), line),
    };

    /// <param name="end">Null for a range without an end.</param>
    public static IReadOnlyList<object?> Range(string sign, decimal first, decimal? end, int line)
    {
        if (end is not { } last)
        {
            throw new TemplateException(line, "A range needs an end: 1..10.");
        }

        bool down = sign != "..*" ? last < first : last < 0;
        decimal count = sign switch { ".." => Math.Abs(last - first) + 1, "..*" => Math.Abs(last), _ => Math.Abs(last - first) };
        if (first != decimal.Truncate(first) || last != decimal.Truncate(last))
        {
            throw new TemplateException(line, "A range goes from a whole number to a whole number.");
        }

        return [.. Enumerable.Range(0, TemplateBudget.RefuseLong(count, line)).Select(at => (object?)(down ? first - at : first + at))];
    }

    private static object Add(object? one, object? other, TemplateScope scope, int line) => (one, other) switch
    {
        (decimal, decimal) => Calculate("+", (decimal)one, (decimal)other, line),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => Joined(a, b, line),
        _ => scope.Budget.Take(TemplateValues.Text(one, line) + TemplateValues.Text(other, line), line),
    };

    private static List<object?> Joined(IReadOnlyList<object?> one, IReadOnlyList<object?> other, int line)
    {
        TemplateBudget.RefuseLong(one.Count + other.Count, line);
        return [.. one, .. other];
    }

    private static decimal Calculate(string sign, decimal one, decimal other, int line)
    {
        try
        {
            return TemplateValues.Bounded(sign switch
            {
                "+" => one + other,
                "-" => one - other,
                "*" => one * other,
                "/" => one / other,
                _ => decimal.Truncate(one) % decimal.Truncate(other), // of their whole parts
            }, line);
        }
        catch (DivideByZeroException)
        {
            throw new TemplateException(line, "A division by zero.");
        }
        catch (OverflowException)
        {
            throw new TemplateException(line, "A number is too large.");
        }
    }
}
