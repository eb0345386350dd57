using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.SourceCode;

namespace CodeExec.Core.Specifications.Rules;

/// <summary>The texts of a submitted program. Files that are no text are left out.</summary>
public static class ProgramSources
{
    public static IReadOnlyList<SourceFile> Read(Submission program)
    {
        ArgumentNullException.ThrowIfNull(program);
        string language = program.Language!;
        IEnumerable<SourceFile> files = (program.Files ?? [])
            .Where(file => file.Encoding is null or "utf8" && file.Content is not null)
            .Select(file => SourceFile.Read(file.Path!, language, file.Content!));
        return program.Code is { } code ? [SourceFile.Read(program.Entry ?? "code", language, code), .. files] : [.. files];
    }
}
