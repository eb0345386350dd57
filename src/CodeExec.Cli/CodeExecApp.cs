using System.CommandLine;
using CodeExec.Cli.Commands;
using CodeExec.Cli.Commands.Batches;
using CodeExec.Cli.Commands.Schedules;
using CodeExec.Cli.Hosting;

namespace CodeExec.Cli;

/// <summary>The command line: reads the arguments, picks the command, gives its exit code.</summary>
internal static class CodeExecApp
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host)
    {
        // What follows "--" is the program's, whatever it looks like; the parser would take it for more files.
        int split = args.TakeWhile(a => a != "--").Count();
        ServerOptions server = new(host);
        CommandRunner runner = new(host, server);
        RunCommand run = new(runner, [.. args.Skip(split + 1)]);
        RootCommand root = new("Runs programs on a CodeExec server.")
        {
            run,
            new GradeCommand(runner),
            new BatchCommand(runner),
            new ProblemCommand(runner),
            new ChallengeCommand(runner),
            new ScheduleCommand(runner),
            new SuggestCommand(runner),
            new OverrideCommand(runner),
            new CallbacksCommand(runner),
            new StatusCommand(runner),
            new LogsCommand(runner),
            new StopCommand(runner),
            new DeleteCommand(runner),
            new ListCommand(runner),
            new ArtifactsCommand(runner),
            new DisplaysCommand(runner),
            new LanguagesCommand(runner),
            new HealthCommand(runner),
        };
        root.Add(server.Address);
        root.Add(server.Key);

        ParserConfiguration parsing = new() { ResponseFileTokenReplacer = null }; // "--stdin @file" is ours to read
        ParseResult parsed = root.Parse([.. args.Take(split)], parsing);
        if (parsed.CommandResult.Command != run)
        {
            parsed = root.Parse([.. args], parsing);
        }
        if (parsed.Errors.Count > 0)
        {
            return await RefuseAsync(parsed, host);
        }

        // Ctrl-C is ours: it stops the execution, not this process.
        InvocationConfiguration invocation = new() { Output = host.OutText, Error = host.ErrorText, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        int code = await parsed.InvokeAsync(invocation, CancellationToken.None);
        await host.OutText.FlushAsync();
        return code;
    }

    private static async Task<int> RefuseAsync(ParseResult parsed, CliHost host)
    {
        foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
        {
            await host.ErrorText.WriteLineAsync($"codeexec: {error.Message}");
        }
        string command = NameOf(parsed.CommandResult);
        await host.ErrorText.WriteLineAsync($"See 'codeexec{command} --help'.");
        return ExitCodes.Usage;
    }

    private static string NameOf(System.CommandLine.Parsing.CommandResult? result)
        => result is null or { Command: RootCommand } ? "" : $"{NameOf(result.Parent as System.CommandLine.Parsing.CommandResult)} {result.Command.Name}";
}
