using System.CommandLine;

namespace CodeExec.Cli.Grading;

/// <summary>Points by hand, and why.</summary>
internal sealed class OverrideOptions
{
    private readonly Argument<decimal?> _points = new("POINTS") { Description = "What it is worth.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _reason = new("--reason") { Description = "Why: it is kept with your name.", HelpName = "TEXT", Required = true };
    private readonly Option<bool> _computed = new("--computed") { Description = "In place of POINTS: let the computed ones count again." };

    public void AddTo(Command command)
    {
        command.Add(_points);
        command.Add(_reason);
        command.Add(_computed);
    }

    /// <returns>No score: the computed one.</returns>
    /// <exception cref="UsageException">Points and --computed, or neither.</exception>
    public (decimal? Score, string Reason) Read(ParseResult parsed)
        => parsed.GetValue(_points) is null == parsed.GetValue(_computed) ? (parsed.GetValue(_points), parsed.GetRequiredValue(_reason)) : throw new UsageException("Say how many POINTS, or --computed.");
}
