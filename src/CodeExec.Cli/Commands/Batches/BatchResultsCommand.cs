using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class BatchResultsCommand : Command
{
    private readonly Argument<string> _id = BatchCommand.Id();
    private readonly Option<string> _format = new("--format", "-f") { Description = "A table for people unless given; excel is csv that Excel reads rightly, html has charts.", HelpName = "table|csv|excel|json|ndjson|html", DefaultValueFactory = _ => "table" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "Write it to this file; its ending tells the format unless --format does.", HelpName = "FILE" };

    public BatchResultsCommand(CommandRunner runner)
        : base("results", "Print what each submission came to, while the batch runs and after.")
    {
        _format.AcceptOnlyFromAmong("table", "csv", "excel", "json", "ndjson", "html");
        Add(_id);
        Add(_format);
        Add(_out);
        SetAction(parsed => runner.RunAsync(parsed, (client, giveUp) => RunAsync(runner, parsed, client, giveUp)));
    }

    private async Task<int> RunAsync(CommandRunner runner, ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        string id = parsed.GetRequiredValue(_id), format = parsed.GetRequiredValue(_format);
        string? file = parsed.GetValue(_out);
        if (file is not null && parsed.GetResult(_format) is { Implicit: true } or null && Path.GetExtension(file) is ".csv" or ".json" or ".ndjson" or ".html")
        {
            format = Path.GetExtension(file)![1..];
        }

        if (format == "table")
        {
            string table = BatchText.TableOf(await client.ReadResultsAsync(id, giveUp).ToListAsync(giveUp));
            await (file is null ? runner.PrintAsync(table) : File.WriteAllTextAsync(runner.Host.PathOf(file), table, giveUp));
            return ExitCodes.Success;
        }

        await using Stream results = await client.GetResultsAsync(id, format, giveUp);
        if (file is null)
        {
            await runner.CopyToOutAsync(results, giveUp);
            return ExitCodes.Success;
        }

        await using FileStream saved = File.Create(runner.Host.PathOf(file));
        await results.CopyToAsync(saved, giveUp);
        return ExitCodes.Success;
    }
}
