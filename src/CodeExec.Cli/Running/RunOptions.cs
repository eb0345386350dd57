using System.CommandLine;

namespace CodeExec.Cli.Running;

/// <summary>The arguments and options of <c>codeexec run</c>.</summary>
internal sealed class RunOptions
{
    public Argument<string[]> Files { get; } = new("FILE")
    {
        Description = "The program's files; the first is started unless --entry says otherwise. '-' reads the program from standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string?> Language { get; } = new("--language", "-l") { Description = "Its language; unless given, the file's extension tells.", HelpName = "NAME" };

    public Option<string?> LanguageVersion { get; } = new("--lang-version") { Description = "A version of the language (c++20).", HelpName = "V" };

    public Option<string?> Entry { get; } = new("--entry") { Description = "The file that is started.", HelpName = "FILE" };

    public Option<string?> Stdin { get; } = new("--stdin")
    {
        Description = "The program's standard input: a text, '-' for ours, @FILE for a file's content. Unless given: ours, when it is not a terminal.",
        HelpName = "TEXT|-|@FILE",
    };

    public Option<string[]> Args { get; } = OptionOf.Many("--arg", "An argument for the program; so is all that follows '--'.", "A");

    public Option<string[]> Env { get; } = OptionOf.Many("--env", "An environment variable; without a value, our own.", "K=V");

    public Option<string[]> Secrets { get; } = OptionOf.Many(
        "--secret", "An environment variable that is encrypted at rest and masked in all output; without a value, our own.", "K=V");

    public Option<TimeSpan?> Wall { get; } = OptionOf.Duration("--wall", "How long it may run.");

    public Option<TimeSpan?> Cpu { get; } = OptionOf.Duration("--cpu", "How much processor time it may use.");

    public Option<long?> Memory { get; } = OptionOf.Size("--memory", "How much memory it may use.", "256m");

    public Option<int?> Processes { get; } = new("--processes") { Description = "How many processes and threads it may have.", HelpName = "N" };

    public Option<long?> Output { get; } = OptionOf.Size("--output", "How much it may print.", "1m");

    public Option<long?> Workspace { get; } = OptionOf.Size("--workspace", "How much it may write to its folder.", "64m");

    public Option<long?> Stack { get; } = OptionOf.Size("--stack", "How large its stack may be.", "64m");

    public Option<long?> FileSize { get; } = OptionOf.Size("--file-size", "How large a file it writes may be.", "1m");

    public Option<int?> OpenFiles { get; } = new("--open-files") { Description = "How many files each process may have open.", HelpName = "N" };

    public Option<double?> Cpus { get; } = new("--cpus") { Description = "How many processors it may use at a time; 0.5 is half of one.", HelpName = "N" };

    public Option<TimeSpan?> Grace { get; } = OptionOf.Duration("--grace", "How much longer than its time it runs before it is ended, to see how long it takes.");

    public Option<int?> Runs { get; } = new("--runs") { Description = "How often it is run, up to the first run that fails; its times are averages.", HelpName = "N" };

    public Option<string?> Network { get; } = new Option<string?>("--network") { Description = "'full' lets it reach the network; it has none otherwise.", HelpName = "none|full" };

    public Option<string[]> CompileArgs { get; } = OptionOf.Many("--compile-arg", "An argument for the compiler.", "A");

    public Option<string[]> Labels { get; } = OptionOf.Many("--label", "A label, to find the execution again.", "K:V");

    public Option<string[]> Artifacts { get; } = OptionOf.Many("--artifact", "Which files of its folder to keep ('out/**').", "GLOB");

    public Option<string?> Out { get; } = new("--out") { Description = "Where to put the kept files.", HelpName = "DIR" };

    public Option<string?> Provider { get; } = new("--provider") { Description = "Which kind of container to use (cells, docker, aci).", HelpName = "NAME" };

    public Option<string?> Priority { get; } = new("--priority") { Description = "Its place in the queue.", HelpName = "low|normal|high" };

    public Option<DateTimeOffset?> At { get; } = OptionOf.Time("--at", "When to begin; it waits on the server until then.");

    public Option<TimeSpan?> Delay { get; } = OptionOf.Duration("--delay", "How long to wait, on the server, before it begins.");

    public Option<bool> Json { get; } = new("--json") { Description = "Print the whole result as JSON instead of the program's output." };

    public Option<string?> Displays { get; } = new("--displays") { Description = "Save what the program shows (images, tables, charts) into this folder.", HelpName = "DIR" };

    public Option<bool> Detach { get; } = new("--detach", "-d") { Description = "Print the execution's id and leave it running." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No status line." };

    public Option<bool> Raw { get; } = new("--raw") { Description = "Let the program's output steer this terminal (colours, cursor). Pipes always get its exact output." };

    public Option<TimeSpan?> Timeout { get; } = OptionOf.Duration("--timeout", "Stop the execution when it has not ended by then, its time in the queue included.");

    public RunOptions()
    {
        Network.AcceptOnlyFromAmong("none", "full");
        Priority.AcceptOnlyFromAmong("low", "normal", "high");
    }

    public void AddTo(Command command)
    {
        AddProgramTo(command);
        Add(command, [Out, Displays, At, Delay, Json, Detach, Quiet, Raw, Timeout]);
    }

    /// <summary>Only what says which program to run, and how.</summary>
    public void AddProgramTo(Command command)
    {
        command.Add(Files);
        Add(
            command,
            [
                Language, LanguageVersion, Entry, Stdin, Args, Env, Secrets, Wall, Cpu, Memory, Processes, Output, Workspace, Stack, FileSize, OpenFiles, Cpus, Grace, Runs, Network,
                CompileArgs, Labels, Artifacts, Provider, Priority,
            ]);
    }

    private static void Add(Command command, Option[] options)
    {
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }
}
