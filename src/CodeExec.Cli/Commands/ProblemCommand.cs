using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

/// <summary>Problems: tasks with their tests, stored once and submitted to often.</summary>
internal sealed class ProblemCommand : Command
{
    private readonly CommandRunner _runner;

    public ProblemCommand(CommandRunner runner)
        : base("problem", "Store and look at problems: tasks with their tests.")
    {
        _runner = runner;
        Add(ListCommand());
        Add(ShowCommand());
        Add(SaveCommand("create", "Store a new problem from a JSON file as docs/grading.md has it.", withId: false));
        Add(SaveCommand("update", "Store a new version of a problem (or a new problem) from a JSON file.", withId: true));
        Add(ImportCommand());
        Add(new ProblemCheckCommand(runner));
        Add(new AttemptsCommand(runner, "problem", AttemptSubject.OfProblem));
        Add(new GiveAttemptsCommand(runner, "problem", AttemptSubject.OfProblem));
        Add(DeleteCommand());
    }

    private Command ListCommand()
    {
        Option<bool> json = Shared.Json();
        Command list = new("list", "List all problems.") { json };
        list.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            List<GradedProblem> all = [];
            string? cursor = null;
            do
            {
                ProblemPage page = await client.ListProblemsAsync(cursor, giveUp);
                all.AddRange(page.Items);
                cursor = page.Cursor;
            }
            while (cursor is not null);
            await _runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(new ProblemPage(all)) : TableOf(all));
            return ExitCodes.Success;
        }));
        return list;
    }

    private Command ShowCommand()
    {
        Argument<string> id = new("ID[@VERSION]") { Description = "The problem." };
        Option<bool> json = Shared.Json();
        Command show = new("show", "Show a problem with its tests, as far as your key may see them.") { id, json };
        show.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            ProblemReference named = ProblemOption.Parse(parsed.GetRequiredValue(id))!;
            return await PrintAsync(parsed, json, await client.GetProblemAsync(named.Id, named.Version, giveUp));
        }));
        return show;
    }

    private Command SaveCommand(string name, string description, bool withId)
    {
        Argument<string> id = Id(), file = new("FILE") { Description = "The problem as JSON; '-' is standard input." };
        Option<bool> json = Shared.Json();
        Command save = new(name, description);
        if (withId)
        {
            save.Add(id);
        }

        save.Add(file);
        save.Add(json);
        save.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            byte[] content = await _runner.ReadAsync(parsed.GetRequiredValue(file), giveUp);
            GradedProblem saved = withId ? await client.SaveProblemAsync(parsed.GetRequiredValue(id), content, giveUp) : await client.CreateProblemAsync(content, giveUp);
            return await PrintAsync(parsed, json, saved);
        }));
        return save;
    }

    private Command ImportCommand()
    {
        Argument<string> id = Id(), source = new("ZIP|DIR") { Description = "Inputs and answers, a Polygon or an ICPC package." };
        Option<string?> title = new("--title") { Description = "What people call it.", HelpName = "TEXT" };
        Option<string?> checker = new("--checker") { Description = "How outputs are compared.", HelpName = "NAME" };
        Option<string?> stopOn = new("--stop-on") { Description = "When the rest of the tests is left out.", HelpName = "never|firstFailure|group" };
        Option<bool> visible = new("--visible") { Description = "Tests are hidden unless this is given." };
        Option<bool> json = Shared.Json();
        Command import = new("import", "Store a problem, or a new version of one, from a zip or a folder of tests.") { id, source, title, checker, stopOn, visible, json };
        import.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            ImportOptions options = new()
            {
                Title = parsed.GetValue(title),
                Checker = parsed.GetValue(checker),
                StopOn = parsed.GetValue(stopOn),
                Hidden = parsed.GetValue(visible) ? false : null,
            };
            string path = _runner.Host.PathOf(parsed.GetRequiredValue(source));
            using MemoryStream packed = new();
            if (Directory.Exists(path))
            {
                await ZipFile.CreateFromDirectoryAsync(path, packed, giveUp);
            }
            else
            {
                await packed.WriteAsync(await _runner.ReadAsync(path, giveUp), giveUp);
            }

            byte[] zip = packed.ToArray();
            return await PrintAsync(parsed, json, await client.ImportProblemAsync(parsed.GetRequiredValue(id), () => new MemoryStream(zip, writable: false), options, giveUp));
        }));
        return import;
    }

    private Command DeleteCommand()
    {
        Argument<string> id = Id();
        Command delete = new("delete", "Delete a problem with all its versions; what was graded by it keeps its results.") { id };
        delete.SetAction(parsed => _runner.RunAsync(parsed, async (client, giveUp) =>
        {
            await client.DeleteProblemAsync(parsed.GetRequiredValue(id), giveUp);
            return ExitCodes.Success;
        }));
        return delete;
    }

    private static Argument<string> Id() => new("ID") { Description = "The problem's id." };

    private async Task<int> PrintAsync(ParseResult parsed, Option<bool> json, GradedProblem problem)
    {
        await _runner.PrintAsync(parsed.GetValue(json) ? JsonText.Of(problem) : ProblemText.Of(problem));
        return ExitCodes.Success;
    }

    private static string TableOf(IEnumerable<GradedProblem> problems)
    {
        Table table = new("ID", "VERSION", "TESTS", "HIDDEN", "POINTS", "TITLE");
        foreach (GradedProblem problem in problems)
        {
            table.Add(
                problem.Id,
                problem.Version.ToString(CultureInfo.InvariantCulture),
                problem.TestCount.ToString(CultureInfo.InvariantCulture),
                problem.HiddenCount.ToString(CultureInfo.InvariantCulture),
                problem.MaxScore.ToString("0.##", CultureInfo.InvariantCulture),
                problem.Title);
        }

        return table.ToString();
    }
}
