using System.CommandLine;
using CodeExec.Cli.Schedules;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Schedules;

internal sealed class ScheduleListCommand : Command
{
    private readonly Option<bool> _json = Shared.Json();

    public ScheduleListCommand(CommandRunner runner)
        : base("list", "List schedules, the newest first.")
    {
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            List<Schedule> found = [];
            string? cursor = null;
            do
            {
                SchedulePage page = await client.ListSchedulesAsync(null, cursor, giveUp);
                found.AddRange(page.Items);
                cursor = page.Cursor;
            }
            while (cursor is not null);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(new SchedulePage(found)) : ScheduleText.TableOf(found));
            return ExitCodes.Success;
        }));
    }
}
