using System.Globalization;

namespace CodeExec.Bench.Server;

/// <summary>What is built: the server, and the runner that its cells start.</summary>
/// <param name="Root">The repository.</param>
internal sealed record ServerBinaries(string Root, string Folder)
{
    private static readonly string[] Configurations = ["release", "debug"];

    public bool IsRelease => Path.GetFileName(Folder) == "release";

    /// <exception cref="BenchFailedException">Nothing is built.</exception>
    public static ServerBinaries Find()
        => FindOrNull() ?? throw new BenchFailedException("The server is not built: dotnet build src/CodeExec.Server -c Release");

    public static ServerBinaries? FindOrNull()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CodeExec.sln")))
        {
            root = root.Parent;
        }
        if (root is null)
        {
            throw new BenchFailedException("The benchmark has to lie within the repository, whose built server it starts.");
        }
        string built = Path.Combine(root.FullName, "artifacts", "bin", "CodeExec.Server");
        string? folder = Configurations.Select(c => Path.Combine(built, c)).FirstOrDefault(f => File.Exists(Path.Combine(f, "CodeExec.Server.dll")));
        return folder is null ? null : new ServerBinaries(root.FullName, folder);
    }

    /// <summary>The same start as ./run makes; but nobody waits for what still runs when a scenario is over.</summary>
    public IReadOnlyList<string> Command(int port, string data, IReadOnlyDictionary<string, string> settings) =>
    [
        DotNet(), Path.Combine(Folder, "CodeExec.Server.dll"), $"--contentRoot={Folder}",
        string.Create(CultureInfo.InvariantCulture, $"--Http:Port={port}"), $"--Data:Path={data}", $"--Languages:Path={Path.Combine(Root, "languages")}",
        $"--Cells:RunnerPath={Path.Combine(Root, "artifacts", "runner", "codeexec-runner")}", "--Http:ShutdownGrace=00:00:00",
        .. settings.Select(s => $"--{s.Key}={s.Value}"),
    ];

    private static string DotNet()
    {
        string[] folders = [Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')];
        return folders.Where(f => f.Length > 0).Select(f => Path.Combine(f, "dotnet")).FirstOrDefault(File.Exists)
            ?? throw new BenchFailedException("There is no dotnet on the PATH.");
    }
}
