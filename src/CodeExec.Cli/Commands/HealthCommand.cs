using System.CommandLine;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class HealthCommand : Command
{
    private readonly Option<bool> _json = Shared.Json();

    public HealthCommand(CommandRunner runner)
        : base("health", "Ask the server how it is. Exit code 0 when it is well, 3 when it is not.")
    {
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            ServerHealth health = await client.GetHealthAsync(giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(health) : LinesOf(health));
            return health.IsWorking ? ExitCodes.Success : ExitCodes.Server;
        }));
    }

    private static string LinesOf(ServerHealth health)
    {
        IEnumerable<string> lines = health.Checks
            .Where(check => check.Status != "healthy")
            .Select(check => $"  {check.Name} {check.Status}: {check.Detail}")
            .Prepend(health.Status);
        return string.Concat(lines.Select(line => TerminalText.Escape(line) + "\n"));
    }
}
