using System.CommandLine;
using CodeExec.Cli.Schedules;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Schedules;

internal sealed class ScheduleChangeCommand : Command
{
    private readonly Argument<string> _id = ScheduleCommand.Id();
    private readonly Option<string?> _cron = new("--cron") { Description = "Its times from now on.", HelpName = "CRON" };
    private readonly Option<bool> _json = Shared.Json();
    private readonly ScheduleOptions _options = new();

    public ScheduleChangeCommand(CommandRunner runner)
        : base("change", "Change some of a schedule; what is not said stays.")
    {
        Add(_id);
        Add(_cron);
        _options.AddTo(this);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            ScheduleRequest request = await _options.ReadAsync(parsed, parsed.GetValue(_cron), runner.Host, client, giveUp);
            Schedule changed = await client.ChangeScheduleAsync(parsed.GetRequiredValue(_id), request, giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(changed) : ScheduleText.Of(changed));
            return ExitCodes.Success;
        }));
    }
}
