using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

/// <summary>Students' attempts at a problem or a challenge.</summary>
internal sealed class AttemptsCommand : Command
{
    /// <param name="what">"problem" or "challenge".</param>
    public AttemptsCommand(CommandRunner runner, string what, Func<string, AttemptSubject> subjectOf)
        : base("attempts", $"Show where students stand with their attempts at a {what}, or one student's attempts.")
    {
        Argument<string> id = new("ID") { Description = $"The {what}'s id." };
        Argument<string?> student = new("STUDENT") { Description = "Only this one, with all attempts.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> mine = new("--mine") { Description = "With a student's key: your own." };
        Option<bool> json = Shared.Json();
        Add(id);
        Add(student);
        Add(mine);
        Add(json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            AttemptSubject subject = subjectOf(parsed.GetRequiredValue(id));
            string? one = parsed.GetValue(student);
            if (one is { Length: > 0 } || parsed.GetValue(mine))
            {
                StudentAttempts found = await client.GetAttemptsAsync(subject, one, giveUp);
                await runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(found) : AttemptsText.Of(found));
                return ExitCodes.Success;
            }

            List<AttemptStanding> all = [];
            AttemptPage page;
            string? cursor = null;
            do
            {
                page = await client.ListAttemptsAsync(subject, cursor, giveUp);
                all.AddRange(page.Items);
                cursor = page.Cursor;
            }
            while (cursor is not null);
            await runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(page with { Items = all }) : (page.Rules is { } rules ? AttemptsText.Of(rules) + "\n" : "") + AttemptsText.Of(all));
            return ExitCodes.Success;
        }));
    }
}
