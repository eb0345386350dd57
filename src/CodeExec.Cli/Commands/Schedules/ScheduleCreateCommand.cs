using System.CommandLine;
using CodeExec.Cli.Schedules;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Schedules;

internal sealed class ScheduleCreateCommand : Command
{
    private readonly Argument<string> _cron = new("CRON") { Description = "Minute, hour, day of the month, month, day of the week, in quotes; or @hourly, @daily, @weekly, @monthly, @yearly." };
    private readonly Option<string?> _key = new("--idempotency-key") { Description = "The same key with the same schedule is the same schedule.", HelpName = "KEY" };
    private readonly Option<bool> _json = Shared.Json();
    private readonly ScheduleOptions _options = new();

    public ScheduleCreateCommand(CommandRunner runner)
        : base("create", "Start a program or a batch at the times of a cron expression. Prints the schedule's id.")
    {
        Add(_cron);
        _options.AddTo(this);
        Add(_key);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            ScheduleRequest request = await _options.ReadAsync(parsed, parsed.GetRequiredValue(_cron), runner.Host, client, giveUp);
            Schedule made = await client.CreateScheduleAsync(request, parsed.GetValue(_key), giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(made) : made.Id + "\n");
            return ExitCodes.Success;
        }));
    }
}
