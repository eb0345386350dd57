using System.CommandLine;
using CodeExec.Cli.Hosting;
using CodeExec.Cli.Running;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class RunCommand : Command
{
    private readonly RunOptions _options = new();
    private readonly IReadOnlyList<string> _afterDashes;
    private readonly CliHost _host;

    /// <param name="afterDashes">What followed "--" on the command line.</param>
    public RunCommand(CommandRunner runner, IReadOnlyList<string> afterDashes)
        : base("run", "Run a program: its output here, its exit code ours. What follows '--' is for the program.")
    {
        _host = runner.Host;
        _afterDashes = afterDashes;
        _options.AddTo(this);
        SetAction(parsed => runner.RunAsync(parsed, (client, giveUp) => RunAsync(parsed, client, giveUp), _host.Interrupts.Second));
    }

    private async Task<int> RunAsync(ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        RunTask task = await PrepareAsync(parsed, client);
        using StatusLine status = new(_host.Error, _host.ErrorIsTerminal && !parsed.GetValue(_options.Quiet) && !task.Detach, _host.Clock);
        LiveOutput output = new(_host, status, parsed.GetValue(_options.Raw));

        // Not given up at the first Ctrl-C: what the server may have accepted by then has to be known, to be stopped.
        Execution execution = await client.SubmitAsync(task.Request, null, giveUp);
        if (task.Detach)
        {
            Print(status, task.Json ? JsonText.Of(execution) : execution.Id + "\n");
            return ExitCodes.Success;
        }
        try
        {
            return await WatchAsync(task, client, execution.Id, status, output, giveUp);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            output.Tell($"Left. The execution may still be running: 'codeexec status {execution.Id}'.");
            return ExitCodes.Interrupted;
        }
        catch (BrokenPipeException)
        {
            await client.StopAsync(execution.Id, giveUp); // nobody reads what it prints
            throw;
        }
        catch (CodeExecException e) when (e.IsTransient)
        {
            output.Tell($"The connection to the server was lost. The execution goes on there: 'codeexec logs {execution.Id} --follow'.");
            throw;
        }
    }

    private async Task<RunTask> PrepareAsync(ParseResult parsed, CodeExecClient client)
    {
        string? folder = parsed.GetValue(_options.Out);
        bool detach = parsed.GetValue(_options.Detach);
        if (folder is not null && parsed.GetValue(_options.Artifacts) is not { Length: > 0 })
        {
            throw new UsageException("--out says where to put kept files; say which ones with --artifact GLOB.");
        }
        if (detach && (folder is not null || parsed.GetValue(_options.Displays) is not null || parsed.GetValue(_options.Timeout) is not null))
        {
            throw new UsageException("--detach leaves at once, so --out, --displays and --timeout can do nothing; use --wall, and 'codeexec artifacts ID' or 'codeexec displays ID' later.");
        }
        RequestBuilder builder = new(_options, _host, new LanguageGuess(client));
        ExecutionRequest request = await builder.BuildAsync(parsed, _afterDashes, _host.Interrupts.First);
        return new RunTask(request, parsed.GetValue(_options.Timeout), folder, parsed.GetValue(_options.Displays), parsed.GetValue(_options.Json), detach);
    }

    private async Task<int> WatchAsync(RunTask task, CodeExecClient client, string id, StatusLine status, LiveOutput output, CancellationToken giveUp)
    {
        LiveRun run = new(client, _host, output, status);
        Execution execution = await run.WatchAsync(id, task.Timeout, printOutput: !task.Json, giveUp);
        if (task.Json)
        {
            Print(status, JsonText.Of(execution));
        }
        else
        {
            output.Finish(execution);
        }
        foreach (string remark in Ending.RemarksOn(execution))
        {
            output.Tell(remark);
        }
        foreach (ExecutionArtifact artifact in execution.Artifacts)
        {
            await KeepAsync(task, client, id, artifact, output, giveUp);
        }
        ShownThings shown = new(client, output, task.Json);
        await shown.KeepAsync(execution, task.Displays is null ? null : _host.PathOf(task.Displays), giveUp);
        return run.TimedOut && execution.Status == ExecutionStatus.Cancelled ? ExitCodes.TimeLimit : Ending.ExitCodeOf(execution);
    }

    private async Task KeepAsync(RunTask task, CodeExecClient client, string id, ExecutionArtifact artifact, LiveOutput output, CancellationToken giveUp)
    {
        if (artifact.Refused is { } reason)
        {
            output.Tell($"not kept: {artifact.Path} ({reason})");
        }
        else if (task.Folder is not null)
        {
            await ArtifactDownload.SaveAsync(client, id, artifact.Path, _host.PathOf(task.Folder), giveUp);
        }
        else if (!task.Json)
        {
            output.Tell($"kept {artifact.Path} ({Sizes.Show(artifact.SizeBytes)}): 'codeexec artifacts {id} {artifact.Path}' prints it.");
        }
    }

    private void Print(StatusLine status, string text) => status.Around(
        () =>
        {
            try
            {
                _host.OutText.Write(text);
            }
            catch (IOException e)
            {
                throw new BrokenPipeException(e);
            }
        },
        forGood: true);

    /// <param name="Folder">Where kept files go.</param>
    /// <param name="Displays">Where goes what it shows.</param>
    private sealed record RunTask(ExecutionRequest Request, TimeSpan? Timeout, string? Folder, string? Displays, bool Json, bool Detach);
}
