using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

/// <summary>Students' attempts at a problem.</summary>
internal sealed class AttemptsCommand : Command
{
    public AttemptsCommand(CommandRunner runner)
        : base("attempts", "Show where students stand with their attempts at a problem, or one student's attempts.")
    {
        Argument<string> id = new("ID") { Description = "The problem's id." };
        Argument<string?> student = new("STUDENT") { Description = "Only this one, with all attempts.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = Shared.Json();
        Add(id);
        Add(student);
        Add(json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            string problem = parsed.GetRequiredValue(id);
            if (parsed.GetValue(student) is { Length: > 0 } one)
            {
                StudentAttempts found = await client.GetAttemptsAsync(problem, one, giveUp);
                await runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(found) : AttemptsText.Of(found));
                return ExitCodes.Success;
            }

            List<AttemptStanding> all = [];
            AttemptPage page;
            string? cursor = null;
            do
            {
                page = await client.ListAttemptsAsync(problem, cursor, giveUp);
                all.AddRange(page.Items);
                cursor = page.Cursor;
            }
            while (cursor is not null);
            await runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(page with { Items = all }) : (page.Rules is { } rules ? AttemptsText.Of(rules) + "\n" : "") + AttemptsText.Of(all));
            return ExitCodes.Success;
        }));
    }
}
