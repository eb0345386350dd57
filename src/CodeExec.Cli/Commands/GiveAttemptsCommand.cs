using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class GiveAttemptsCommand : Command
{
    /// <param name="what">"problem" or "challenge".</param>
    public GiveAttemptsCommand(CommandRunner runner, string what, Func<string, AttemptSubject> subjectOf)
        : base("give", $"Give a student more attempts at a {what}; --take takes some back.")
    {
        Argument<string> id = new("ID") { Description = $"The {what}'s id." }, student = new("STUDENT") { Description = "Who gets them." };
        Argument<int> count = new("COUNT") { Description = "How many." };
        Option<string> reason = new("--reason") { Description = "Why: it is kept with your name.", HelpName = "TEXT", Required = true };
        Option<bool> take = new("--take") { Description = "Take so many back." };
        Option<bool> json = Shared.Json();
        Add(id);
        Add(student);
        Add(count);
        Add(reason);
        Add(take);
        Add(json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            int attempts = parsed.GetValue(take) ? -parsed.GetValue(count) : parsed.GetValue(count);
            StudentAttempts now = await client.GiveAttemptsAsync(subjectOf(parsed.GetRequiredValue(id)), parsed.GetRequiredValue(student), attempts, parsed.GetRequiredValue(reason), giveUp);
            await runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(now) : AttemptsText.Of(now));
            return ExitCodes.Success;
        }));
    }
}
