using System.CommandLine;
using CodeExec.Cli.Schedules;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Schedules;

/// <summary>Work that is started again and again.</summary>
internal sealed class ScheduleCommand : Command
{
    public ScheduleCommand(CommandRunner runner)
        : base("schedule", "Start work again and again, at the times of a cron expression.")
    {
        Command[] all =
        [
            new ScheduleCreateCommand(runner),
            new ScheduleChangeCommand(runner),
            new ScheduleListCommand(runner),
            new ScheduleShowCommand(runner, "show", "One schedule with its next times.", async (client, id, giveUp) => Shown(await client.GetScheduleAsync(id, giveUp))),
            new ScheduleShowCommand(runner, "runs", "Its last runs, the newest first.", async (client, id, giveUp) => Shown(await client.ListScheduleRunsAsync(id, giveUp))),
            new ScheduleShowCommand(runner, "pause", "Start nothing until it is resumed.", async (client, id, giveUp) => Shown(await client.PauseScheduleAsync(id, giveUp))),
            new ScheduleShowCommand(runner, "resume", "Go on with its next time.", async (client, id, giveUp) => Shown(await client.ResumeScheduleAsync(id, giveUp))),
            new ScheduleShowCommand(runner, "run", "Start it now, besides its times. Prints the id of what was started.", async (client, id, giveUp) => Shown(await client.RunScheduleAsync(id, giveUp))),
            new ScheduleShowCommand(runner, "delete", "Delete a schedule; what it has started stays.", async (client, id, giveUp) =>
            {
                await client.DeleteScheduleAsync(id, giveUp);
                return ("", "");
            }),
        ];
        foreach (Command command in all)
        {
            Add(command);
        }
    }

    public static Argument<string> Id() => new("ID") { Description = "The schedule's id." };

    private static (string, string) Shown(Schedule schedule) => (ScheduleText.Of(schedule), JsonText.Of(schedule));

    private static (string, string) Shown(ScheduleRunList runs) => (ScheduleText.TableOf(runs.Items), JsonText.Of(runs));

    private static (string, string) Shown(ScheduleRun run) => ($"{run.Execution ?? run.Batch}\n", JsonText.Of(run));
}

/// <summary>What is asked of a schedule by its id alone, for people and as JSON.</summary>
internal delegate Task<(string Text, string Json)> ScheduleAction(CodeExecClient client, string id, CancellationToken giveUp);
