namespace CodeExec.Core.Languages;

/// <summary>A step's command. A program's own arguments follow the run command.</summary>
public sealed record LanguageCommand(CommandTemplate Command)
{
    /// <summary>In addition to <see cref="ProgramEnvironment.Base"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What <c>{stackArgs}</c> stands for; null for a runtime that uses the program's own stack.</summary>
    public StackArguments? Stack { get; init; }

    /// <summary>Globs of what a compiler leaves that is worth keeping: with these files the run step needs no compiling.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];
}
