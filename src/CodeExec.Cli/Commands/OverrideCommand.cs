using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class OverrideCommand : Command
{
    public OverrideCommand(CommandRunner runner)
        : base("override", "Give points by hand to a graded execution; the computed ones stay beside them.")
    {
        Argument<string> id = new("ID") { Description = "The execution's id." };
        OverrideOptions options = new();
        Option<bool> json = Shared.Json();
        Add(id);
        options.AddTo(this);
        Add(json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            (decimal? score, string reason) = options.Read(parsed);
            Execution changed = await client.OverrideAsync(parsed.GetRequiredValue(id), score, reason, giveUp);
            await runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(changed) : GradeText.PointsOf(changed));
            return ExitCodes.Success;
        }));
    }
}
