using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class RegradeCommand : Command
{
    private readonly Argument<string> _id = BatchCommand.Id();
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Wait for its end, and show who comes to something else." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress." };
    private readonly Option<bool> _json = Shared.Json();
    private readonly TestsOptions _tests = new();

    public RegradeCommand(CommandRunner runner)
        : base("regrade", "Grade the same submissions again, as a batch of its own: by the newest version of its problem unless you say otherwise.")
    {
        Add(_id);
        _tests.AddTo(this);
        Add(_follow);
        Add(_quiet);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            (ProblemReference? problem, BatchHeader? own) = await _tests.ReadAsync(parsed, runner.Host, giveUp);
            Batch regrade = await client.RegradeAsync(parsed.GetRequiredValue(_id), new Regrade { Problem = problem, Tests = own?.Tests, Checker = own?.Checker }, giveUp);
            if (!parsed.GetValue(_follow))
            {
                await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(regrade) : regrade.Id + "\n");
                return ExitCodes.Success;
            }

            Batch ended = await new BatchWatch(client, runner.Host, parsed.GetValue(_quiet)).FollowAsync(regrade.Id, giveUp);
            RegradeChanges changes = await client.GetChangesAsync(regrade.Id, giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(changes) : $"{BatchText.Of(changes)}Publish them with 'codeexec batch publish {regrade.Id}'.\n");
            return BatchWatch.ExitCodeOf(ended);
        }));
    }
}
