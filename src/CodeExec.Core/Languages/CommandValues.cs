namespace CodeExec.Core.Languages;

/// <summary>What the placeholders of a <see cref="CommandTemplate"/> stand for.</summary>
public sealed record CommandValues
{
    public required string Entry { get; init; }

    public IReadOnlyList<string> Sources { get; init; } = [];

    public IReadOnlyList<string> CompileArguments { get; init; } = [];

    public IReadOnlyList<string> VersionArguments { get; init; } = [];

    /// <summary>Empty unless the submission asks for a stack.</summary>
    public IReadOnlyList<string> StackArguments { get; init; } = [];

    public string MainClass { get; init; } = "";

    /// <summary>The step's memory limit, for runtimes that have to be told.</summary>
    public required int MemoryMb { get; init; }

    /// <summary>The entry without its ending: "src/main.ts" gives "src/main".</summary>
    public string Stem => Path.ChangeExtension(Entry, null);

    /// <summary>"." or "./cmd/app", as compilers that take folders want it.</summary>
    public string EntryFolder => Path.GetDirectoryName(Entry) is { Length: > 0 } folder ? "./" + folder : ".";
}
