using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Hosting;
using CodeExec.Cli.Running;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class GradeCommand : Command
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "The program's files; the first is started unless --entry says otherwise.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _language = new("--language", "-l") { Description = "Its language; unless given, the file's extension tells.", HelpName = "NAME" };
    private readonly Option<string?> _version = new("--lang-version") { Description = "A version of the language (c++20).", HelpName = "V" };
    private readonly Option<string?> _entry = new("--entry") { Description = "The file that is started.", HelpName = "FILE" };
    private readonly Option<int?> _runs = new("--runs") { Description = "How often it is run on each test, up to the first run that fails; its times are averages.", HelpName = "N" };
    private readonly Option<string[]> _labels = OptionOf.Many("--label", "A label, to find the execution again.", "K:V");
    private readonly Option<string?> _student = new("--student") { Description = "Whose it is: attempts are counted by it.", HelpName = "NAME" };
    private readonly Option<bool> _samples = new("--samples") { Description = "Only the tests that are not hidden." };
    private readonly Option<string[]> _only = OptionOf.Many("--test", "Only this test.", "ID");
    private readonly Option<bool> _json = Shared.Json();
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Only the verdict; no table, no status line." };
    private readonly TestsOptions _tests = new();
    private readonly CliHost _host;

    public GradeCommand(CommandRunner runner)
        : base("grade", "Grade a program by a problem or by tests of yours. Exit code 0 when it is accepted, 1 when it is not.")
    {
        _host = runner.Host;
        Add(_files);
        _tests.AddTo(this);
        foreach (Option option in (Option[])[_language, _version, _entry, _runs, _labels, _student, _samples, _only, _json, _quiet])
        {
            Add(option);
        }

        SetAction(parsed => runner.RunAsync(parsed, (client, giveUp) => RunAsync(runner, parsed, client, giveUp), _host.Interrupts.Second));
    }

    private async Task<int> RunAsync(CommandRunner runner, ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        ExecutionRequest request = await RequestAsync(parsed, client);
        bool quiet = parsed.GetValue(_quiet), json = parsed.GetValue(_json);
        Execution execution;
        AttemptStanding? attempts;
        using (StatusLine status = new(_host.Error, _host.ErrorIsTerminal && !quiet, _host.Clock))
        {
            Execution accepted = await client.SubmitAsync(request, null, giveUp);
            attempts = accepted.Attempts;
            execution = await new LiveRun(client, _host, new LiveOutput(_host, status, raw: false), status).WatchAsync(accepted.Id, null, printOutput: false, giveUp);
        }

        execution = execution with { Attempts = attempts };
        string text = GradeText.Of(execution);
        await runner.PrintAsync(json ? JsonText.Of(execution) : quiet ? text[(text.TrimEnd().LastIndexOf('\n') + 1)..] : text);
        return execution switch
        {
            { Verdict: "accepted" } => ExitCodes.Success,
            { Status: ExecutionStatus.Cancelled } => ExitCodes.Interrupted,
            { Verdict: null or "internalError" or "checkerError" } => ExitCodes.Server,
            _ => ExitCodes.NotAccepted,
        };
    }

    private async Task<ExecutionRequest> RequestAsync(ParseResult parsed, CodeExecClient client)
    {
        CancellationToken interrupted = _host.Interrupts.First;
        (ProblemReference? problem, BatchHeader? own) = await _tests.ReadAsync(parsed, _host, interrupted);
        if (problem is null && own is null)
        {
            throw new UsageException("Say by what: --problem ID, or --tests DIR.");
        }

        ProgramFiles files = await ProgramFiles.ReadAsync(parsed.GetRequiredValue(_files), parsed.GetValue(_entry), _host, interrupted);
        return new ExecutionRequest
        {
            Runs = parsed.GetValue(_runs),
            Language = parsed.GetValue(_language)
                ?? await new LanguageGuess(client).OfAsync(files.Entry ?? throw new UsageException("A program from standard input has no extension: say its --language."), interrupted),
            Version = parsed.GetValue(_version),
            Code = files.Code,
            Files = files.Files.Count > 0 ? files.Files : null,
            Entry = files.Entry,
            Labels = Pairs.Labels(parsed.GetValue(_labels)),
            Student = parsed.GetValue(_student),
            Problem = problem,
            Tests = own?.Tests,
            Checker = own?.Checker,
            StopOn = own?.StopOn,
            Samples = parsed.GetValue(_samples) ? true : null,
            TestIds = parsed.GetValue(_only) is { Length: > 0 } ids ? ids : null,
        };
    }
}
