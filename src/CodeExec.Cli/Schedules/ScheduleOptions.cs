using System.CommandLine;
using System.Text.Json;
using CodeExec.Cli.Hosting;
using CodeExec.Cli.Running;
using CodeExec.Client;

namespace CodeExec.Cli.Schedules;

/// <summary>When a schedule starts something, and what: a program as <c>codeexec run</c> takes it, or a batch.</summary>
internal sealed class ScheduleOptions
{
    private readonly RunOptions _program = new();

    private readonly Option<string?> _batch = new("--batch") { Description = "Start this batch in place of a program: the JSON of POST /api/batches.", HelpName = "FILE" };
    private readonly Option<string?> _name = new("--name") { Description = "What people call it.", HelpName = "TEXT" };
    private readonly Option<string?> _zone = new("--tz") { Description = "The time zone of its times; UTC unless given.", HelpName = "Europe/Berlin" };
    private readonly Option<string?> _overlap = new("--overlap") { Description = "While an earlier run has not ended: leave the time out, start another, or stop the earlier one.", HelpName = "skip|allow|replace" };
    private readonly Option<string?> _missed = new("--missed") { Description = "For times at which the server was down: one run for all, or none.", HelpName = "runOnce|skip" };
    private readonly Option<DateTimeOffset?> _ends = OptionOf.Time("--ends", "Start nothing after this time.");

    public ScheduleOptions()
    {
        _overlap.AcceptOnlyFromAmong("skip", "allow", "replace");
        _missed.AcceptOnlyFromAmong("runOnce", "skip");
        _program.Files.Arity = ArgumentArity.ZeroOrMore;
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_batch, _name, _zone, _overlap, _missed, _ends])
        {
            command.Add(option);
        }

        _program.AddProgramTo(command);
    }

    /// <exception cref="UsageException">The command line does not fit together.</exception>
    public async Task<ScheduleRequest> ReadAsync(ParseResult parsed, string? cron, CliHost host, CodeExecClient client, CancellationToken cancellationToken)
    {
        string? batch = parsed.GetValue(_batch);
        bool hasProgram = parsed.GetValue(_program.Files) is { Length: > 0 };
        if (batch is not null && hasProgram)
        {
            throw new UsageException("Give a program's files or --batch FILE, not both.");
        }

        return new ScheduleRequest
        {
            Name = parsed.GetValue(_name),
            Cron = cron,
            TimeZone = parsed.GetValue(_zone),
            Overlap = parsed.GetValue(_overlap),
            Missed = parsed.GetValue(_missed),
            EndsAt = parsed.GetValue(_ends),
            Execution = hasProgram ? await new RequestBuilder(_program, host, new LanguageGuess(client)).BuildAsync(parsed, [], cancellationToken) : null,
            Batch = batch is null ? null : Json(await File.ReadAllTextAsync(host.PathOf(batch), cancellationToken), batch),
        };
    }

    private static JsonElement Json(string text, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ClientJson.Default.JsonElement);
        }
        catch (JsonException e)
        {
            throw new UsageException($"{name} is not JSON: {e.Message}");
        }
    }
}
