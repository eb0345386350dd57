using System.Text;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Languages;

/// <summary>What a container has to do for a program: the files to lay out and the commands to give.</summary>
public sealed record ProgramPlan
{
    /// <summary>The program's own files and the language's support files.</summary>
    public required IReadOnlyList<SourceFile> Files { get; init; }

    /// <summary>Null if the language needs no compiling.</summary>
    public IReadOnlyList<string>? CompileCommand { get; init; }

    public IReadOnlyDictionary<string, string> CompileEnvironment { get; init; } = ProgramEnvironment.Base;

    /// <summary>Globs of the files that a compiler leaves for the run.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>The program's own arguments follow.</summary>
    public required IReadOnlyList<string> RunCommand { get; init; }

    /// <summary>The program's own environment comes on top.</summary>
    public required IReadOnlyDictionary<string, string> RunEnvironment { get; init; }

    public static ProgramPlan For(Language language, ExecutionSpec spec)
    {
        ArgumentNullException.ThrowIfNull(language);
        ArgumentNullException.ThrowIfNull(spec);
        CommandValues values = new()
        {
            Entry = spec.Entry,
            Sources = spec.Files.Select(file => file.Path).Where(language.HasExtension).Order(StringComparer.Ordinal).ToArray(),
            CompileArguments = spec.CompileArgs,
            VersionArguments = language.Versions.FirstOrDefault(version => version.Id == spec.Version)?.Arguments ?? [],
            MainClass = MainClassOf(language, spec),
            MemoryMb = spec.Limits.MemoryMb,
        };
        return new ProgramPlan
        {
            Files = [.. spec.Files, .. language.SupportFiles.Where(support => spec.Files.All(file => file.Path != support.Path))],
            CompileCommand = language.Compile?.Command.Expand(values with { MemoryMb = spec.CompileLimits.MemoryMb, StackArguments = StackOf(language.Compile, spec.CompileLimits) }),
            CompileEnvironment = ProgramEnvironment.With(language.Compile?.Environment ?? ProgramEnvironment.Base),
            Keep = language.Compile?.Keep ?? [],
            RunCommand = language.Run.Command.Expand(values with { StackArguments = StackOf(language.Run, spec.Limits) }),
            RunEnvironment = ProgramEnvironment.With(language.Run.Environment),
        };
    }

    private static IReadOnlyList<string> StackOf(LanguageCommand command, ResourceLimits limits)
        => limits.StackKb is { } stack && command.Stack is { } arguments ? arguments.For(stack) : [];

    private static string MainClassOf(Language language, ExecutionSpec spec)
    {
        if (language.Entry.Classes is not { } classes)
        {
            return "";
        }

        SourceFile? entry = spec.Files.FirstOrDefault(file => file.Path == spec.Entry);
        string stem = Path.GetFileNameWithoutExtension(spec.Entry);
        return entry is null ? stem : classes.FindMainClass(Encoding.UTF8.GetString(entry.Content), stem);
    }
}
