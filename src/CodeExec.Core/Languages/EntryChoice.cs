using System.Text;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Languages;

/// <summary>The files of a program and the one it starts with; or what the author has to say first.</summary>
/// <param name="Problem">Null if all is well.</param>
/// <param name="Field">The member of the submission that the problem is with.</param>
public sealed record EntryChoice(IReadOnlyList<SourceFile> Files, string Entry, string? Problem = null, string? Field = null)
{
    /// <summary>
    /// Code alone goes into the entry, or the language's usual file, or the one that the class in it demands. Among files it is the
    /// entry, the usual file, or the only one of the language.
    /// </summary>
    public static EntryChoice Make(Language language, string? code, IReadOnlyList<SourceFile> files, string? entry)
    {
        ArgumentNullException.ThrowIfNull(language);
        ArgumentNullException.ThrowIfNull(files);
        return code is null ? AmongFiles(language, files, entry) : WithCode(language, code, files, entry);
    }

    private static EntryChoice WithCode(Language language, string code, IReadOnlyList<SourceFile> files, string? entry)
    {
        string path = entry ?? FileNameFor(language, code);
        return files.Any(file => file.Path == path)
            ? Refused("files", $"'{path}' is where the code goes; leave that file out, or send no code and name the entry.")
            : new EntryChoice([new SourceFile(path, Encoding.UTF8.GetBytes(code)), .. files], path);
    }

    private static EntryChoice AmongFiles(Language language, IReadOnlyList<SourceFile> files, string? entry)
    {
        if (files.Count == 0)
        {
            return Refused("code", "Send the program as code, as files, or both.");
        }

        if (entry is not null)
        {
            return files.Any(file => file.Path == entry)
                ? new EntryChoice(files, entry)
                : Refused("entry", $"There is no file '{entry}' among the files.");
        }

        string[] candidates = files.Select(file => file.Path).Where(language.HasExtension).ToArray();
        return files.Any(file => file.Path == language.Entry.FileName) ? new EntryChoice(files, language.Entry.FileName)
            : files.Count == 1 ? new EntryChoice(files, files[0].Path)
            : candidates.Length == 1 ? new EntryChoice(files, candidates[0])
            : Refused("entry", $"Name the file to start with; there is no {language.Entry.FileName} among the files.");
    }

    private static string FileNameFor(Language language, string code)
        => language.Entry.Classes?.FindFileStem(code) is { } stem
            ? stem + Path.GetExtension(language.Entry.FileName)
            : language.Entry.FileName;

    private static EntryChoice Refused(string field, string problem) => new([], "", problem, field);
}
