using System.CommandLine;
using CodeExec.Cli.Hosting;
using CodeExec.Client;

namespace CodeExec.Cli.Running;

/// <summary>Makes the request that a command line asks for.</summary>
internal sealed class RequestBuilder(RunOptions options, CliHost host, LanguageGuess languages)
{
    /// <param name="afterDashes">What followed "--".</param>
    /// <exception cref="UsageException">The command line does not fit together.</exception>
    public async Task<ExecutionRequest> BuildAsync(ParseResult parsed, IReadOnlyList<string> afterDashes, CancellationToken cancellationToken)
    {
        string[] names = parsed.GetRequiredValue(options.Files);
        bool programFromStdin = names.Contains("-");
        ProgramFiles files = await ProgramFiles.ReadAsync(names, parsed.GetValue(options.Entry), host, cancellationToken);
        string language = parsed.GetValue(options.Language)
            ?? await languages.OfAsync(files.Entry ?? throw new UsageException("A program from standard input has no extension: say its --language."), cancellationToken);
        string? stdin = await new ProgramInput(host).ReadAsync(parsed.GetValue(options.Stdin), programFromStdin, cancellationToken);
        return new ExecutionRequest
        {
            Language = language,
            Version = parsed.GetValue(options.LanguageVersion),
            Code = files.Code,
            Files = files.Files.Count > 0 ? files.Files : null,
            Entry = files.Entry,
            Stdin = stdin,
            Args = OrNull([.. parsed.GetValue(options.Args) ?? [], .. afterDashes]),
            Env = Pairs.Variables(parsed.GetValue(options.Env), "--env", host.Environment),
            Secrets = Pairs.Variables(parsed.GetValue(options.Secrets), "--secret", host.Environment),
            Limits = LimitsOf(parsed),
            Runs = parsed.GetValue(options.Runs),
            CompileArgs = OrNull(parsed.GetValue(options.CompileArgs) ?? []),
            Network = parsed.GetValue(options.Network),
            Provider = parsed.GetValue(options.Provider),
            Priority = parsed.GetValue(options.Priority),
            StartAt = parsed.GetValue(options.At),
            DelayMs = (long?)parsed.GetValue(options.Delay)?.TotalMilliseconds,
            Labels = Pairs.Labels(parsed.GetValue(options.Labels)),
            Artifacts = OrNull(parsed.GetValue(options.Artifacts) ?? []),
        };
    }

    private RequestedLimits? LimitsOf(ParseResult parsed)
    {
        RequestedLimits limits = new()
        {
            WallTimeMs = (long?)parsed.GetValue(options.Wall)?.TotalMilliseconds,
            CpuTimeMs = (long?)parsed.GetValue(options.Cpu)?.TotalMilliseconds,
            MemoryMb = Whole(parsed.GetValue(options.Memory), 1 << 20, "--memory", "1m"),
            Processes = parsed.GetValue(options.Processes),
            OutputKb = Whole(parsed.GetValue(options.Output), 1 << 10, "--output", "1k"),
            WorkspaceMb = Whole(parsed.GetValue(options.Workspace), 1 << 20, "--workspace", "1m"),
            StackKb = Whole(parsed.GetValue(options.Stack), 1 << 10, "--stack", "1k"),
            FileSizeKb = Whole(parsed.GetValue(options.FileSize), 1 << 10, "--file-size", "1k"),
            OpenFiles = parsed.GetValue(options.OpenFiles),
            Cpus = parsed.GetValue(options.Cpus),
            GraceMs = (long?)parsed.GetValue(options.Grace)?.TotalMilliseconds,
        };
        return limits == new RequestedLimits() ? null : limits;
    }

    private static long? Whole(long? bytes, long unit, string option, string smallest) => bytes switch
    {
        null => null,
        _ when bytes < unit => throw new UsageException($"{option} is less than {smallest}, the smallest that can be set."),
        _ => bytes / unit,
    };

    private static string[]? OrNull(string[] values) => values.Length > 0 ? values : null;
}
