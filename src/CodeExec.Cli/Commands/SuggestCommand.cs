using System.CommandLine;
using System.Text.Json;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Running;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

/// <summary>Tests that are missing: of a specification, of a problem; and taking them over.</summary>
internal sealed class SuggestCommand : Command
{
    private readonly CommandRunner _runner;

    public SuggestCommand(CommandRunner runner)
        : base("suggest", "Suggest tests that a specification or a problem is missing.")
    {
        _runner = runner;
        Add(OfCommand("specification", "Tests that a specification is missing.", (client, id, request, giveUp) => client.SuggestTestsOfSpecificationAsync(id, request, giveUp)));
        Add(OfCommand("problem", "Tests that a problem is missing.", (client, id, request, giveUp) => client.SuggestTestsOfProblemAsync(id, request, giveUp)));
        Add(AcceptCommand());
    }

    private Command OfCommand(string name, string description, Func<CodeExecClient, string, SuggestedTestsRequest, CancellationToken, Task<SuggestedTests>> suggestAsync)
    {
        Argument<string> id = new("ID") { Description = $"The {name}." };
        Argument<string[]> files = new("FILE") { Description = "A program that is meant to do it: ways through it that no test takes are suggested, too.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> language = new("--language", "-l") { Description = "Its language; unless given, the file's extension tells.", HelpName = "NAME" };
        Option<string?> entry = new("--entry") { Description = "The file that is started.", HelpName = "FILE" };
        Option<string?> expectedFrom = new("--expected-from") { Description = "Run a program to find out what to expect: the given one, or one that the server knows.", HelpName = "code|implementation|solution" };
        Option<string?> suggester = new("--suggester") { Description = "Who suggests; the server's first unless given.", HelpName = "rules|claude" };
        Option<string[]> requirements = OptionOf.Many("--requirement", "Only for this requirement or criterion.", "ID");
        Option<int?> count = new("--count") { Description = "At most so many; 20 unless given.", HelpName = "N" };
        Option<bool> json = Shared.Json();
        Command command = new(name, description) { id, files, language, entry, expectedFrom, suggester, requirements, count, json };
        command.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            string[] named = parsed.GetValue(files) ?? [];
            ProgramFiles? program = named.Length == 0 ? null : await ProgramFiles.ReadAsync(named, parsed.GetValue(entry), _runner.Host, giveUp);
            SuggestedTests suggested = await suggestAsync(
                client,
                parsed.GetRequiredValue(id),
                new SuggestedTestsRequest
                {
                    Count = parsed.GetValue(count),
                    Suggester = parsed.GetValue(suggester),
                    RequirementIds = parsed.GetValue(requirements) is { Length: > 0 } some ? some : null,
                    ExpectedFrom = parsed.GetValue(expectedFrom),
                    Language = program is null ? null : parsed.GetValue(language) ?? await LanguageAsync(client, program, giveUp),
                    Code = program?.Code,
                    Files = program is { Files.Count: > 0 } ? program.Files : null,
                    Entry = program?.Entry,
                },
                giveUp);
            await _runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(suggested) : SuggestionText.Of(suggested));
            return ExitCodes.Success;
        }));
        return command;
    }

    private Command AcceptCommand()
    {
        Argument<string> id = new("ID") { Description = "The specification." };
        Argument<string> file = new("FILE") { Description = "What 'suggest specification --json' printed, changed as you like; '-' is standard input." };
        Option<string[]> only = OptionOf.Many("--only", "Only this of the tests.", "TEST");
        Option<bool> hidden = new("--hidden") { Description = "Submitters see their verdicts only." };
        Command accept = new("accept", "Add suggested tests to a specification: a new version of it. Those with nothing to expect yet are left out.") { id, file, only, hidden };
        accept.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            string[] wanted = parsed.GetValue(only) ?? [];
            SuggestedTests suggested = Read(await _runner.ReadAsync(parsed.GetRequiredValue(file), giveUp));
            if (wanted.FirstOrDefault(test => suggested.TestCases.All(one => one.Id != test)) is { } unknown)
            {
                throw new UsageException($"There is no test '{unknown}' among them.");
            }

            SuggestedTest[] chosen = [.. suggested.TestCases.Where(one => wanted.Length == 0 ? one.Expected is not null : wanted.Contains(one.Id)).Select(one => parsed.GetValue(hidden) ? one with { Hidden = true } : one)];
            if (chosen.Length == 0)
            {
                throw new UsageException("None of these tests says what to expect: fill 'expected' in, or ask again with --expected-from.");
            }

            SpecificationSummary saved = await client.AcceptTestsAsync(parsed.GetRequiredValue(id), new ChosenTests(chosen), giveUp);
            await _runner.PrintAsync($"{chosen.Length} tests added. Version {saved.Version} of {TerminalText.Escape(saved.Name)} has {saved.TestCount} tests.\n");
            return ExitCodes.Success;
        }));
        return accept;
    }

    private static SuggestedTests Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ClientJson.Default.SuggestedTests) ?? new();
        }
        catch (JsonException e)
        {
            throw new UsageException($"That is not what 'suggest specification --json' prints: {e.Message}");
        }
    }

    private static Task<string> LanguageAsync(CodeExecClient client, ProgramFiles program, CancellationToken giveUp)
        => new LanguageGuess(client).OfAsync(program.Entry ?? throw new UsageException("A program from standard input has no extension: say its --language."), giveUp);
}
