using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Running;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class BatchSubmitCommand : Command
{
    private readonly Argument<string> _source = new("SUBMISSIONS") { Description = "A zip or a folder with a file or a folder for each, a .ndjson with one a line, a .json with all; '-' reads lines from standard input." };
    private readonly Option<string?> _name = new("--name") { Description = "What people call it.", HelpName = "TEXT" };
    private readonly Option<string[]> _labels = OptionOf.Many("--label", "A label, to find the batch again.", "K:V");
    private readonly Option<string?> _priority = new("--priority") { Description = "Its place in the queue; low unless given.", HelpName = "low|normal|high" };
    private readonly Option<int?> _concurrency = new("--concurrency") { Description = "How many at once.", HelpName = "N" };
    private readonly Option<bool> _force = new("--force") { Description = "Grade every submission, also one that was graded before." };
    private readonly Option<DateTimeOffset?> _at = OptionOf.Time("--at", "When to begin.");
    private readonly Option<TimeSpan?> _delay = OptionOf.Duration("--delay", "How long to wait before it begins.");
    private readonly Option<string?> _key = new("--idempotency-key") { Description = "The same key with the same submissions is the same batch.", HelpName = "KEY" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Wait for its end." };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress." };
    private readonly Option<bool> _json = Shared.Json();
    private readonly TestsOptions _tests = new();

    public BatchSubmitCommand(CommandRunner runner)
        : base("submit", "Hand in many submissions. Prints the batch's id; with --follow, what it came to.")
    {
        _priority.AcceptOnlyFromAmong("low", "normal", "high");
        Add(_source);
        _tests.AddTo(this);
        foreach (Option option in (Option[])[_name, _labels, _priority, _concurrency, _force, _at, _delay, _key, _follow, _quiet, _json])
        {
            Add(option);
        }

        SetAction(parsed => runner.RunAsync(parsed, (client, giveUp) => RunAsync(runner, parsed, client, giveUp)));
    }

    private async Task<int> RunAsync(CommandRunner runner, ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        bool json = parsed.GetValue(_json);
        Batch batch = await SubmitAsync(runner, parsed, client, giveUp);
        if (!parsed.GetValue(_follow))
        {
            await runner.PrintAsync(json ? JsonText.Of(batch) : batch.Id + "\n");
            return ExitCodes.Success;
        }

        Batch ended = await new BatchWatch(client, runner.Host, parsed.GetValue(_quiet)).FollowAsync(batch.Id, giveUp);
        await runner.PrintAsync(json ? JsonText.Of(ended) : BatchText.Of(ended));
        return BatchWatch.ExitCodeOf(ended);
    }

    private async Task<Batch> SubmitAsync(CommandRunner runner, ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        (ProblemReference? problem, BatchHeader? own) = await _tests.ReadAsync(parsed, runner.Host, giveUp);
        using BatchContentFile content = await BatchContentFile.MakeAsync(parsed.GetRequiredValue(_source), own, runner.Host, giveUp);
        BatchUpload upload = new()
        {
            Open = content.Open,
            MediaType = content.MediaType,
            Problem = problem,
            Name = parsed.GetValue(_name),
            Labels = Pairs.Labels(parsed.GetValue(_labels)),
            Priority = parsed.GetValue(_priority),
            Concurrency = parsed.GetValue(_concurrency),
            Force = parsed.GetValue(_force) ? true : null,
            StartAt = parsed.GetValue(_at),
            DelayMs = (long?)parsed.GetValue(_delay)?.TotalMilliseconds,
            IdempotencyKey = parsed.GetValue(_key),
        };
        return content.MediaType == BatchUpload.Json && SaysMore(upload)
            ? throw new UsageException("A .json with all of a batch says all of it itself: leave the other options away, or write them there.")
            : await client.SubmitBatchAsync(upload, giveUp);
    }

    private static bool SaysMore(BatchUpload upload) => upload is not { Problem: null, Name: null, Labels: null, Priority: null, Concurrency: null, Force: null, StartAt: null, DelayMs: null };
}
