using System.IO.Compression;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Judge0;

/// <summary>What was sent of a program, as Judge0 parts it: the source, and the zip of files beside it.</summary>
internal static class Judge0Sources
{
    public static byte[]? CodeOf(Judge0Facts facts) => facts.Spec?.Files.FirstOrDefault(file => file.Path == PathOf(facts))?.Content;

    /// <returns>Null if nothing lay beside it.</returns>
    public static byte[]? ZipOf(Judge0Facts facts)
    {
        SourceFile[] beside = [.. (facts.Spec?.Files ?? []).Where(file => file.Path != PathOf(facts) && file.Path != Judge0Script.FileName)];
        if (beside.Length == 0)
        {
            return null;
        }

        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (SourceFile file in beside)
            {
                using Stream entry = archive.CreateEntry(file.Path).Open();
                entry.Write(file.Content);
            }
        }

        return zip.ToArray();
    }

    private static string? PathOf(Judge0Facts facts) => Judge0Script.Find(facts.LanguageId) is { } script ? script.SourceFile : facts.Spec?.Entry;
}
