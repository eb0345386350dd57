using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CodeExec.Cli.Text;

namespace CodeExec.Cli.Running;

/// <summary>Options whose values are more than text.</summary>
internal static class OptionOf
{
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "10s",
        CustomParser = result => Parsed(result, Durations.Parse, "write a duration like 500ms, 10s or 2m"),
    };

    /// <summary>A time without an offset is meant as the clock on the wall shows it.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Parsed(
            result,
            text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time) ? time : (DateTimeOffset?)null,
            "write a time like 2026-01-31T12:00, or 2026-01-31T12:00:00Z"),
    };

    public static Option<long?> Size(string name, string description, string example) => new(name)
    {
        Description = description,
        HelpName = example,
        CustomParser = result => Parsed(result, Sizes.Parse, "write a size with its unit, like 512k, 256m or 1g"),
    };

    /// <summary>May be given many times, one value each.</summary>
    public static Option<string[]> Many(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static T? Parsed<T>(ArgumentResult result, Func<string, T?> parse, string advice)
        where T : struct
    {
        string text = result.Tokens[0].Value;
        T? value = parse(text);
        if (value is null)
        {
            result.AddError($"'{text}' does not fit {(result.Parent as OptionResult)?.Option.Name}: {advice}.");
        }
        return value;
    }
}
