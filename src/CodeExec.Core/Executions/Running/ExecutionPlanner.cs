using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Secrets;
using CodeExec.Protocol;

namespace CodeExec.Core.Executions.Running;

/// <summary>Turns an execution into a job. Decides nothing that its spec has not decided.</summary>
public sealed class ExecutionPlanner(InstalledLanguages languages, ISecretProtector secrets)
{
    /// <summary>What a container may take beyond its program: the runner, and what the kernel counts for a waiting interpreter.</summary>
    internal const long MemoryForRunner = 16L << 20;

    internal const int ProcessesForRunner = 8;

    /// <summary>The kernel leaves 128 MB between the stack and what is mapped, if a program is started with less.</summary>
    private const int MostStackOfHeldKb = 64 << 10;

    /// <summary>Laying out and putting back the workspace, for each run.</summary>
    internal static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="InvalidOperationException">The language is gone from this host.</exception>
    public ExecutionPlan Plan(ExecutionRecord record, ExecutionSpec spec, IReadOnlyDictionary<string, string> revealed)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(spec);
        DetectedLanguage detected = languages.Find(spec.Language)
            ?? throw new InvalidOperationException($"This host has no language '{spec.Language}' any more.");
        ProgramPlan program = ProgramPlan.For(detected.Language, spec);
        bool held = spec.Runs == 1 && CanBeHeld(detected.Language, spec); // of several runs each starts as the others do

        JobStep run = new()
        {
            Name = ExecutionPlan.RunStep,
            Command = program.RunCommand,
            Environment = WithOwn(program.RunEnvironment, spec.Env, revealed),
            Limits = ToJobLimits(spec.Limits),
            Cases = [new JobCase { Id = "", Stdin = spec.Stdin, Arguments = spec.Args, Runs = spec.Runs }],
            Warm = held,
            RestoreWorkspace = spec.Runs > 1,
        };
        JobStep? compile = program.CompileCommand is null ? null : new JobStep
        {
            Name = ExecutionPlan.CompileStep,
            Command = program.CompileCommand,
            Environment = program.CompileEnvironment,
            Limits = ToJobLimits(spec.CompileLimits),
            Keep = program.Keep,
        };

        ResourceLimits largest = compile is null ? spec.Limits : Larger(spec.Limits, spec.CompileLimits);
        return new ExecutionPlan(
            new ContainerSpec(spec.Language, detected.Language.Image, held ? Held(detected.Language, program) : null, largest.WorkspaceMb, spec.Network),
            ForContainer(largest) with { CpuWeight = WeightOf(spec.Priority) },
            new Job
            {
                Id = record.Id.ToString(),
                Files = [.. program.Files.Select(file => new JobFile(file.Path, file.Content))],
                Steps = compile is null ? [run] : [compile, run],
                Artifacts = spec.Artifacts,
            },
            compile is null ? null : CompileKey(record, detected, program, spec),
            TimeSpan.FromMilliseconds(((long)spec.Runs * spec.Limits.LongestWallMs) + (compile is null ? 0 : spec.CompileLimits.LongestWallMs)) + (Between * (spec.Runs - 1)) + Patience)
        {
            Failure = detected.Language.Failure,
        };
    }

    /// <summary>The secrets of a spec in the clear, for as long as it runs.</summary>
    public IReadOnlyDictionary<string, string> Reveal(ExecutionSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.ProtectedSecrets.ToDictionary(secret => secret.Key, secret => secrets.Unprotect(secret.Value));
    }

    /// <summary>What to keep ready for a language before anybody has asked: its usual program with its usual limits.</summary>
    public static ContainerSpec Usual(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        ExecutionSpec spec = new()
        {
            Language = language.Id,
            Version = language.Versions.FirstOrDefault(version => version.IsDefault)?.Id ?? "",
            Files = [new SourceFile(language.Entry.FileName, [])],
            Entry = language.Entry.FileName,
            Limits = language.Limits,
            CompileLimits = language.CompileLimits,
            Provider = "",
        };
        int workspace = language.Compile is null ? language.Limits.WorkspaceMb : Math.Max(language.Limits.WorkspaceMb, language.CompileLimits.WorkspaceMb);
        return new ContainerSpec(language.Id, language.Image, CanBeHeld(language, spec) ? Held(language, ProgramPlan.For(language, spec)) : null, workspace, NetworkAccess.None);
    }

    /// <summary>What a container of a language's usual program is limited to.</summary>
    public static ContainerLimits UsualLimits(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return ForContainer(language.Compile is null ? language.Limits : Larger(language.Limits, language.CompileLimits));
    }

    private static ContainerLimits ForContainer(ResourceLimits largest)
        => new(((long)largest.MemoryMb << 20) + MemoryForRunner, largest.Processes + ProcessesForRunner, largest.Cpus ?? Environment.ProcessorCount);

    // What nobody waits for leaves the processors to what somebody does.
    private static int WeightOf(ExecutionPriority priority) => priority switch
    {
        ExecutionPriority.Low => 10,
        ExecutionPriority.High => 200,
        _ => 100,
    };

    // An interpreter that has started can not change its command line's entry any more, nor read its environment again, nor move what it has mapped
    // out of the way of a large stack.
    private static bool CanBeHeld(Language language, ExecutionSpec spec)
        => spec.Entry == language.Entry.FileName
            && spec.Network == NetworkAccess.None
            && spec.Limits.StackKb is null or <= MostStackOfHeldKb
            && language.WarmUp is { } warmUp && warmUp.Allows(spec.Env.Keys.Concat(spec.ProtectedSecrets.Keys));

    private static HeldInterpreter? Held(Language language, ProgramPlan program)
        => language.WarmUp is { } warmUp ? HeldInterpreter.For(warmUp.Kind, program.RunCommand) : null;

    private static string CompileKey(ExecutionRecord record, DetectedLanguage detected, ProgramPlan program, ExecutionSpec spec)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, [record.Tenant.Value, spec.Language, detected.ToolchainVersion ?? "", spec.Provider, .. program.CompileCommand!]);
        foreach ((string name, string value) in program.CompileEnvironment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(hash, [name, value]);
        }

        foreach (SourceFile file in program.Files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            Add(hash, [file.Path, file.Content.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            hash.AppendData(file.Content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Each part with its length, so that no two lists of parts look alike.
    private static void Add(IncrementalHash hash, IEnumerable<string> parts)
    {
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }

    /// <summary>A list of folders (PYTHONPATH, NODE_PATH…) that the language has too goes on with the language's; a program's PATH is its own.</summary>
    private static Dictionary<string, string> WithOwn(IReadOnlyDictionary<string, string> standard, params IEnumerable<KeyValuePair<string, string>>[] own)
    {
        Dictionary<string, string> all = new(standard, StringComparer.Ordinal);
        foreach ((string name, string value) in own.SelectMany(pairs => pairs))
        {
            bool goesOn = name.EndsWith("PATH", StringComparison.Ordinal) && name != "PATH" && standard.ContainsKey(name) && value.Length > 0;
            all[name] = goesOn ? $"{value}:{standard[name]}" : value;
        }

        return all;
    }

    internal static JobLimits ToJobLimits(ResourceLimits limits) => new()
    {
        WallMs = limits.WallTimeMs,
        CpuMs = limits.CpuTimeMs,
        MemoryBytes = (long)limits.MemoryMb << 20,
        Processes = limits.Processes,
        OutputBytes = (long)limits.OutputKb << 10,
        WorkspaceBytes = (long)limits.WorkspaceMb << 20,
        OpenFiles = limits.OpenFiles ?? ResourceLimits.UsualOpenFiles,
        StackBytes = (long?)limits.StackKb << 10,
        FileBytes = (long?)limits.FileSizeKb << 10,
        Cpus = limits.Cpus,
        GraceMs = limits.GraceMs,
    };

    private static ResourceLimits Larger(ResourceLimits a, ResourceLimits b) => a with
    {
        MemoryMb = Math.Max(a.MemoryMb, b.MemoryMb),
        Processes = Math.Max(a.Processes, b.Processes),
        WorkspaceMb = Math.Max(a.WorkspaceMb, b.WorkspaceMb),
        Cpus = a.Cpus is { } some && b.Cpus is { } others ? Math.Max(some, others) : null,
    };
}
