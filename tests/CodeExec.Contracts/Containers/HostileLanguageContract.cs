using System.Collections.Concurrent;
using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Loading;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>
/// Every provider withstands the hostile table in every language, compiled and started the way executions are. A program is compiled once
/// a provider; each of its classes then has a container of its own.
/// </summary>
public abstract class HostileLanguageContract
{
    private static readonly LanguageCatalog Catalog = LanguageFiles.Load(Path.Combine(Repository(), "languages"));
    private static readonly ConcurrentDictionary<(IContainerProvider, string), Lazy<Task<IReadOnlyList<JobFile>>>> Compiled = new();

    protected abstract IContainerProvider Provider { get; }

    protected abstract IReadOnlyList<string> Leftovers();

    /// <summary>Why the provider can not run this language here; null if it can.</summary>
    protected abstract string? Obstacle(string language);

    /// <summary>A file on the host, readable for everybody there, that no program may see.</summary>
    protected abstract string Canary { get; }

    protected static TheoryData<string, string> RowsOf(params string[] languages)
    {
        TheoryData<string, string> rows = [];
        foreach (string language in languages)
        {
            foreach (string name in HostileLanguages.Of(language).Classes)
            {
                rows.Add(language, name);
            }
        }

        return rows;
    }

    protected static TheoryData<string> BombNames => [.. CompileBombs.All.Select(bomb => bomb.Name)];

    protected async Task IsContainedAsync(string language, string name)
    {
        Skip.If(Obstacle(language) is not null, Obstacle(language));
        HostileLanguage side = HostileLanguages.Of(language);
        HostileProgram program = HostilePrograms.All.Single(one => one.Name == name);
        (Language found, ProgramPlan plan) = PlanOf(side.Language, SourcesOf(side));
        IReadOnlyList<JobFile> files = await Compiled.GetOrAdd((Provider, language), _ => new(() => CompileAsync(found, plan))).Value;
        ContainerSpec spec = ExecutionPlanner.Usual(found);
        JobLimits limits = LimitsOf(found.Limits);
        Job job = new()
        {
            Id = "job",
            Files = files,
            Steps =
            [
                new JobStep
                {
                    Name = "run",
                    Command = plan.RunCommand,
                    Environment = plan.RunEnvironment,
                    Limits = limits with { WallMs = program.Limits?.WallMs ?? limits.WallMs, CpuMs = program.Limits?.CpuMs ?? limits.CpuMs },
                    Cases = [new JobCase { Id = "", Arguments = [name, Canary] }],
                    Warm = spec.Held is not null,
                },
            ],
        };

        JobResult result = await RunAsync(spec, job);

        HostileProgram.AssertEnded($"{language}: {name}", side.Expected(program), result);
        if (program.Output is { } output)
        {
            // A runtime that ends in a way of its own also has words of its own.
            string said = result.Stdout.Trim();
            Assert.Equal(output, side.Otherwise.ContainsKey(name) ? said[..Math.Min(said.Length, output.Length)] : said);
        }

        await NothingIsLeftAsync();
    }

    protected async Task BombIsContainedAsync(string name)
    {
        CompileBomb bomb = CompileBombs.All.Single(one => one.Name == name);
        Skip.If(Obstacle(bomb.Language) is not null, Obstacle(bomb.Language));
        (Language found, ProgramPlan plan) = PlanOf(bomb.Language, [.. bomb.Files(Canary).Select(file => new SourceFile(file.Path, Encoding.UTF8.GetBytes(file.Text)))]);
        JobLimits limits = LimitsOf(found.CompileLimits) with { WallMs = 8000, CpuMs = 4000, MemoryBytes = 512L << 20, OutputBytes = 64 << 10 };
        JobStep compile = CompileStep(plan, limits);
        Job job = new()
        {
            Id = "job",
            Files = [.. plan.Files.Select(file => new JobFile(file.Path, file.Content))],
            Steps = [compile, compile with { Name = "run", Command = plan.RunCommand, Keep = [] }],
        };

        JobResult result = await RunAsync(ExecutionPlanner.Usual(found), job);

        HostileProgram.AssertEnded(name, bomb.Expected, result);
        Assert.DoesNotContain(result.Events, e => e is StepStartedEvent { Step: "run" } or FileEvent);
        Assert.DoesNotContain(await File.ReadAllTextAsync(Canary), result.Stdout + result.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain("root:$", result.Stdout + result.Stderr, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    private async Task NothingIsLeftAsync()
    {
        Assert.Empty(Leftovers());
        Assert.Equal(ContainerHarness.Untouched, (await RunAsync(new ContainerSpec("python", null, null, 64, NetworkAccess.None), ContainerHarness.LooksAround)).Stdout.Trim());
        Assert.Null((await Provider.CheckAsync(CancellationToken.None)).Problem);
    }

    private async Task<IReadOnlyList<JobFile>> CompileAsync(Language language, ProgramPlan plan)
    {
        JobFile[] sources = [.. plan.Files.Select(file => new JobFile(file.Path, file.Content))];
        if (plan.CompileCommand is null)
        {
            return sources;
        }

        JobResult result = await RunAsync(ExecutionPlanner.Usual(language), new Job { Id = "compile", Files = sources, Steps = [CompileStep(plan, LimitsOf(language.CompileLimits))] });
        HostileProgram.AssertEnded("compiling " + language.Id, "exit 0", result);
        return [.. result.Events.OfType<FileEvent>().GroupBy(file => file.Path).Select(parts => new JobFile(parts.Key, [.. parts.SelectMany(part => part.Data)], parts.First().Executable))];
    }

    private async Task<JobResult> RunAsync(ContainerSpec spec, Job job)
    {
        await using IContainer container = await Provider.CreateAsync(spec, CancellationToken.None);
        return await container.RunAsync(job);
    }

    private static JobStep CompileStep(ProgramPlan plan, JobLimits limits) => new()
    {
        Name = "compile",
        Command = plan.CompileCommand!,
        Environment = plan.CompileEnvironment,
        Limits = limits,
        Keep = plan.Keep,
    };

    private static (Language Language, ProgramPlan Plan) PlanOf(string id, IReadOnlyList<SourceFile> sources)
    {
        Language language = Catalog.All.Single(one => one.Id == id);
        return (language, ProgramPlan.For(language, new ExecutionSpec
        {
            Language = id,
            Version = language.Versions.FirstOrDefault(version => version.IsDefault)?.Id ?? "",
            Files = sources,
            Entry = sources[0].Path,
            Limits = language.Limits,
            CompileLimits = language.CompileLimits,
            Provider = "",
        }));
    }

    private static IReadOnlyList<SourceFile> SourcesOf(HostileLanguage side)
        => [.. side.Files.Select(file => new SourceFile(file.Path, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Hostile", file.File))))];

    private static JobLimits LimitsOf(ResourceLimits limits) => new()
    {
        WallMs = limits.WallTimeMs,
        CpuMs = limits.CpuTimeMs,
        MemoryBytes = (long)limits.MemoryMb << 20,
        Processes = limits.Processes,
        OutputBytes = (long)limits.OutputKb << 10,
        WorkspaceBytes = (long)limits.WorkspaceMb << 20,
    };

    private static string Repository()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
