using CodeExec.Core.Executions;
using CodeExec.Core.Languages;

namespace CodeExec.Core.Tests.Languages;

internal static class SpecOf
{
    public static ExecutionSpec Program(Language language, EntryChoice choice, string version, params IReadOnlyList<string> compileArgs) => new()
    {
        Language = language.Id,
        Version = version,
        Files = choice.Files,
        Entry = choice.Entry,
        Limits = language.Limits,
        CompileLimits = language.CompileLimits,
        CompileArgs = compileArgs,
        Provider = "cells",
    };
}
