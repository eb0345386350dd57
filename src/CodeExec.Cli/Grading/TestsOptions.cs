using System.CommandLine;
using System.Text.Json;
using CodeExec.Cli.Hosting;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>What to grade by: a problem of the server's, or tests of the user's.</summary>
internal sealed class TestsOptions
{
    public Option<string?> Problem { get; } = new("--problem", "-p") { Description = "By this problem of the server's.", HelpName = "ID[@VERSION]" };

    public Option<string?> Tests { get; } = new("--tests") { Description = "By the tests in this folder: 1.in beside 1.out.", HelpName = "DIR" };

    public Option<string?> Checker { get; } = new("--checker") { Description = "With --tests: how outputs are compared (trimmed unless given).", HelpName = "NAME" };

    public Option<string?> StopOn { get; } = new("--stop-on") { Description = "With --tests: when to leave the rest out.", HelpName = "never|firstFailure|group" };

    public TestsOptions() => StopOn.AcceptOnlyFromAmong("never", "firstFailure", "group");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Problem, Tests, Checker, StopOn])
        {
            command.Add(option);
        }
    }

    /// <returns>Both null where neither was given.</returns>
    /// <exception cref="UsageException">They do not fit together.</exception>
    public async Task<(ProblemReference? Problem, BatchHeader? Own)> ReadAsync(ParseResult parsed, CliHost host, CancellationToken cancellationToken)
    {
        ProblemReference? problem = ProblemOption.Parse(parsed.GetValue(Problem));
        string? folder = parsed.GetValue(Tests), checker = parsed.GetValue(Checker), stopOn = parsed.GetValue(StopOn);
        if (problem is not null && folder is not null)
        {
            throw new UsageException("Give --problem or --tests, not both.");
        }

        if (folder is null)
        {
            return checker is null && stopOn is null ? (problem, null) : throw new UsageException("--checker and --stop-on go with --tests; a problem has its own.");
        }

        return (null, new BatchHeader { Tests = await TestFolder.ReadAsync(folder, host, cancellationToken), Checker = checker is null ? null : Text(checker), StopOn = stopOn });
    }

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, TextJson.Default.String);
}
