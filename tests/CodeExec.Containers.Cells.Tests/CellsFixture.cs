using CodeExec.Containers.Cells.Launching;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using CodeExec.Linux;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>One provider of cells for the tests of a class. Skips them, with the reason, where no cell can be made.</summary>
public sealed class CellsFixture : IAsyncLifetime, IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public CellsFixture()
        : this(new TestToolchains(null, ""), null)
    {
    }

    /// <param name="without">A protection that its cells do not have.</param>
    internal CellsFixture(IToolchainPaths toolchains, string? preparedFolder, Protection? without = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(toolchains);
        if (without is not null)
        {
            services.AddSingleton<CellLauncher>(provider => new WeakenedLauncher(provider.GetRequiredService<IOptions<CellsOptions>>(), without));
        }

        services.AddCells();
        services.Configure<CellsOptions>(options =>
        {
            options.HostName = HostName;
            options.PreparedFolder = preparedFolder;
        });
        _services = services.BuildServiceProvider();
        Provider = _services.GetRequiredService<IContainerProvider>();
    }

    public string HostName { get; } = $"test-{Guid.NewGuid():n}"[..16];

    public IContainerProvider Provider { get; }

    /// <summary>A file that everybody on this machine may read, and no program in a cell can.</summary>
    public string Canary { get; } = Path.Combine(Path.GetTempPath(), $"codeexec-canary-{Guid.NewGuid():n}");

    public static ContainerSpec Plain => new("python", null, null, 64, NetworkAccess.None);

    public static ContainerSpec Forked => Plain with { Held = HeldInterpreter.For(HoldKind.Fork, ["python3", "main.py"]) };

    public static ContainerSpec Started => Plain with { Held = HeldInterpreter.For(HoldKind.Start, ["python3", "main.py"]) };

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Canary, Guid.NewGuid().ToString("n"));
        Problem = (await Provider.CheckAsync(CancellationToken.None)).Problem;
    }

    public string? Problem { get; private set; }

    /// <summary>Processes in cgroups of cells. Empty cgroups wait for the next cell, and templates stay, as long as the provider.</summary>
    public IReadOnlyList<string> Leftovers()
    {
        string root = $"/sys/fs/cgroup/memory/codeexec/{HostName}";
        return Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Where(folder => !Path.GetFileName(folder).StartsWith("template", StringComparison.Ordinal)).SelectMany(folder => File.ReadAllLines(Path.Combine(folder, "cgroup.procs")))] : [];
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        File.Delete(Canary);
    }

    private sealed class WeakenedLauncher(IOptions<CellsOptions> options, Protection without) : CellLauncher(options)
    {
        protected override SpawnRequest Complete(SpawnRequest request) => without.Remove(request);
    }

    internal sealed class TestToolchains(ToolchainPreparation? preparation, string version) : IToolchainPaths
    {
        public TestToolchains(Language language)
            : this(language.Preparation, "1.0")
        {
        }

        public IEnumerable<string> For(string language) => language == "java" ? ["/etc/java-17-openjdk"] : [];

        public ToolchainPreparation? PreparationFor(string language) => preparation;

        public string? VersionOf(string language) => version;

        public IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language) => [.. ContainerHarness.Environment];
    }
}
