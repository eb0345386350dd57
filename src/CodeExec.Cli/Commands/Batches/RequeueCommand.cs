using System.CommandLine;
using CodeExec.Cli.Running;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class RequeueCommand : Command
{
    private readonly Argument<string> _id = BatchCommand.Id();
    private readonly Argument<int?> _index = new("INDEX") { Description = "Which one, as 'dead-letters' numbers them.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string[]> _files = new("FILE") { Description = "The mended program; without it, it is tried as it is.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _language = new("--language", "-l") { Description = "Of the mended program; unless given, the file's extension tells.", HelpName = "NAME" };
    private readonly Option<bool> _all = new("--all") { Description = "All that was set aside, as it is." };

    public RequeueCommand(CommandRunner runner)
        : base("requeue", "Put submissions that were set aside back to work, mended or as they are.")
    {
        Add(_id);
        Add(_index);
        Add(_files);
        Add(_language);
        Add(_all);
        SetAction(parsed => runner.RunAsync(parsed, (client, giveUp) => RunAsync(runner, parsed, client, giveUp)));
    }

    private async Task<int> RunAsync(CommandRunner runner, ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        string id = parsed.GetRequiredValue(_id);
        int? index = parsed.GetValue(_index);
        bool all = parsed.GetValue(_all);
        if (all == index is not null)
        {
            throw new UsageException("Say which one by its INDEX, or --all; 'codeexec batch dead-letters ID' lists them.");
        }

        IEnumerable<int> wanted = all ? (await client.ListDeadLettersAsync(id, giveUp)).Items.Where(item => !item.Requeued).Select(item => item.Index) : [index!.Value];
        ExecutionRequest? mended = await MendedAsync(runner, parsed, client, giveUp);
        int count = 0;
        foreach (int one in wanted)
        {
            await client.RequeueAsync(id, one, mended, giveUp);
            count++;
        }

        await runner.PrintAsync($"{count} put back to work\n");
        return ExitCodes.Success;
    }

    private async Task<ExecutionRequest?> MendedAsync(CommandRunner runner, ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        if (parsed.GetValue(_files) is not { Length: > 0 } names)
        {
            return null;
        }

        ProgramFiles files = await ProgramFiles.ReadAsync(names, null, runner.Host, giveUp);
        return new ExecutionRequest
        {
            Language = parsed.GetValue(_language) ?? await new LanguageGuess(client).OfAsync(files.Entry ?? throw new UsageException("Say its --language."), giveUp),
            Code = files.Code,
            Files = files.Files.Count > 0 ? files.Files : null,
            Entry = files.Entry,
        };
    }
}
