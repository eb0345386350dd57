using System.CommandLine;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class LanguagesCommand : Command
{
    private readonly Option<bool> _json = Shared.Json();

    public LanguagesCommand(CommandRunner runner)
        : base("languages", "List the languages that the server can run.")
    {
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            IReadOnlyList<LanguageInfo> languages = await client.ListLanguagesAsync(giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(languages) : TableOf(languages));
            return ExitCodes.Success;
        }));
    }

    private static string TableOf(IReadOnlyList<LanguageInfo> languages)
    {
        Table table = new("LANGUAGE", "TOOLCHAIN", "VERSIONS", "EXTENSIONS", "ALSO CALLED");
        foreach (LanguageInfo language in languages)
        {
            table.Add(
                language.Id,
                language.Available is false ? $"not installed ({language.InstallCommand})" : language.ToolchainVersion,
                string.Join(", ", language.Versions), string.Join(", ", language.Extensions), string.Join(", ", language.Aliases));
        }
        return table.ToString();
    }
}
