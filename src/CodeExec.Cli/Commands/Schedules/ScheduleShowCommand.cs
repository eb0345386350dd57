using System.CommandLine;

namespace CodeExec.Cli.Commands.Schedules;

internal sealed class ScheduleShowCommand : Command
{
    private readonly Argument<string> _id = ScheduleCommand.Id();
    private readonly Option<bool> _json = Shared.Json();

    public ScheduleShowCommand(CommandRunner runner, string name, string description, ScheduleAction act)
        : base(name, description)
    {
        Add(_id);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            (string text, string json) = await act(client, parsed.GetRequiredValue(_id), giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? json : text);
            return ExitCodes.Success;
        }));
    }
}
