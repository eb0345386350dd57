using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

/// <summary>Has a problem's inputs validated and its solutions run, and tells what came of it.</summary>
internal sealed class ProblemCheckCommand : Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public ProblemCheckCommand(CommandRunner runner)
        : base("check", "Validate a problem's inputs and run its solutions. Exit code 1 if something has to be mended.")
    {
        Argument<string> id = new("ID[@VERSION]") { Description = "The problem." };
        Option<bool> last = new("--last") { Description = "Show the newest check; start none." };
        Option<bool> json = Shared.Json();
        Add(id);
        Add(last);
        Add(json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            ProblemReference named = ProblemOption.Parse(parsed.GetRequiredValue(id))!;
            ProblemCheck check = parsed.GetValue(last)
                ? await client.GetProblemCheckAsync(named.Id, named.Version, TimeSpan.Zero, giveUp)
                : await client.CheckProblemAsync(named.Id, named.Version, Patience, giveUp);
            while (!check.HasEnded && !parsed.GetValue(last))
            {
                check = await client.GetProblemCheckAsync(check.Problem.Id, check.Problem.Version, Patience, giveUp);
            }

            await runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(check) : ProblemCheckText.Of(check));
            return check.Status is "failed" or "error" ? ExitCodes.NotAccepted : ExitCodes.Success;
        }));
    }
}
