using CodeExec.Core.Executions;

namespace CodeExec.Core.Containers;

/// <summary>What must be known to make a container. Two equal specs make interchangeable containers: this is the key of the warm pool.</summary>
/// <param name="Language">Whose toolchain (or image) it holds.</param>
/// <param name="Image">For providers that have images.</param>
/// <param name="Held">The interpreter that starts ahead of the job; null for none.</param>
/// <param name="WorkspaceMb">Size of the writable file systems: fixed when the container is made.</param>
public sealed record ContainerSpec(string Language, string? Image, HeldInterpreter? Held, int WorkspaceMb, NetworkAccess Network);

/// <summary>An interpreter that waits, started, for the program it will run.</summary>
/// <param name="Kind">How it is made.</param>
/// <param name="Command">The very command line of the program, entry file included: the interpreter can not change it later. Parted by NUL, so that equal commands are equal specs.</param>
public sealed record HeldInterpreter(HoldKind Kind, string Command)
{
    public static HeldInterpreter For(HoldKind kind, IEnumerable<string> command) => new(kind, string.Join('\0', command));

    public IReadOnlyList<string> ToArgv() => Command.Split('\0');

    /// <summary>The command line with what makes Node wait in it. Python's module is found by its environment.</summary>
    /// <param name="nodePreload">Where our module for Node is, inside the container.</param>
    public IReadOnlyList<string> ToHeldArgv(string nodePreload)
    {
        IReadOnlyList<string> argv = ToArgv();
        bool node = Path.GetFileName(argv[0]).StartsWith("node", StringComparison.Ordinal);
        return node ? [argv[0], "--require", nodePreload, .. argv.Skip(1)] : argv;
    }

    /// <summary>An interpreter reads its environment as it starts, so this is the one its program will have, with what makes it wait.</summary>
    /// <param name="pythonFolder">Where our module for Python is, inside the container.</param>
    public static IEnumerable<KeyValuePair<string, string>> ToHeldEnvironment(IEnumerable<KeyValuePair<string, string>> program, string pythonFolder)
    {
        const string Path = "PYTHONPATH";
        Dictionary<string, string> all = new(program, StringComparer.Ordinal);
        all[Path] = all.TryGetValue(Path, out string? own) ? $"{pythonFolder}:{own}" : pythonFolder;
        all["CODEEXEC_WARM"] = "start";
        return all;
    }
}

public enum HoldKind
{
    /// <summary>Forked from an interpreter that is kept running in a template jail.</summary>
    Fork,

    /// <summary>Started for this container alone and held before its first line.</summary>
    Start,
}

/// <summary>What the outside enforces on the whole container. Set when the job is given.</summary>
/// <param name="CpuWeight">Its part of the processors while others want them too, 100 being usual. Providers that can not weigh leave it out.</param>
public sealed record ContainerLimits(long MemoryBytes, int Processes, double Cpus, int CpuWeight = 100)
{
    /// <summary>For what should have a processor to itself while others, twice as many as there are processors, want them too.</summary>
    public ContainerLimits Alone() => this with { CpuWeight = CpuWeight * 2 };
}
