using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CodeExec.Api.Problems;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Languages;
using CodeExec.Core.Problems.Importing;

namespace CodeExec.Api.Grading;

/// <summary>
/// Batches as zips: a file or a folder for each submission; what they are called tells whose they are, and their files the language. One that
/// can not be graded as it is does not hold up the others. A file batch.json may say what is to be said of the batch.
/// </summary>
internal sealed class BatchArchive(LanguageCatalog languages)
{
    private const string DraftFile = "batch.json";
    private const int LongestKey = 200;

    /// <summary>What tools and systems leave behind in folders.</summary>
    private static readonly HashSet<string> Litter = new(StringComparer.OrdinalIgnoreCase) { "__MACOSX", "__pycache__", "node_modules", "Thumbs.db", "desktop.ini" };

    public BatchContent Read(SafeArchive archive, BatchDraft outside)
    {
        BatchDraft draft = outside;
        List<string> paths = [.. archive.Paths.Where(path => path != DraftFile && !path.Split('/').Any(IsLitter))];
        int strip = 0;
        if (archive.Find(DraftFile) is { } json)
        {
            draft = BatchReader.Join(outside, ReadDraft(json));
            strip = CommonFolder([.. paths, .. archive.Folders]); // without that file it would have been the archive's common folder
        }

        string folder = archive.Folder.Length > 0 || paths.Count == 0 ? archive.Folder : paths[0][..strip];
        List<Entry> entries = [.. paths.Select(path => new Entry(path[strip..], path, null))];
        entries.AddRange(archive.Refused.Select(bad => new Entry(NameOf(bad.Key, folder), null, $"'{bad.Key}': {bad.Value}")));
        entries.AddRange(EmptyFolders(archive, paths.Count == 0 ? "" : paths[0][..strip], entries));
        return new BatchContent(draft, Submissions(archive, entries).ToAsyncEnumerable());
    }

    private IEnumerable<BatchSubmission> Submissions(SafeArchive archive, List<Entry> entries)
    {
        IGrouping<string, Entry>[] all = [.. entries.GroupBy(entry => entry.Top, StringComparer.Ordinal)];
        HashSet<string> shared = [.. all.GroupBy(one => Stem(one.Key), StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key)];
        foreach (IGrouping<string, Entry> one in all)
        {
            bool single = one.Count() == 1 && one.First().Name == one.Key;
            string? key = KeyOf(single && !shared.Contains(Stem(one.Key)) ? Stem(one.Key) : one.Key);
            Entry[] sent = [.. one.Where(file => file.Path is not null)];
            List<SubmittedFile> files = [.. sent
                .Select(file => new SubmittedFile(single ? file.Name : file.Name[(one.Key.Length + 1)..], Convert.ToBase64String(archive.Find(file.Path!)!), "base64"))];
            string? language = LanguageOf(archive, one, files);
            string? refused = one.Select(file => file.Mistake).FirstOrDefault(mistake => mistake is not null)
                ?? (language is null ? $"It has no file of a language that is known here, only '{files[0].Path}'{(files.Count > 1 ? $" and {files.Count - 1} more" : "")}." : null);
            yield return new BatchSubmission(key, Program(language, files, sent.Length == 1 ? archive.Find(sent[0].Path!) : null)) { Refused = refused };
        }
    }

    // What one file is called says whose it is: Java's is named by its class, a harness finds it, and the same text is the same program.
    private static Submission Program(string? language, List<SubmittedFile> files, byte[]? alone)
        => language is not null && alone is not null && Utf8.IsValid(alone)
            ? new Submission { Language = language, Code = Encoding.UTF8.GetString(alone) }
            : new Submission { Language = language, Files = files };

    // Whoever sent nothing is not forgotten: a folder without a file, or with nothing but litter.
    private static IEnumerable<Entry> EmptyFolders(SafeArchive archive, string inside, List<Entry> entries)
    {
        HashSet<string> known = [.. entries.Select(entry => entry.Top)];
        return archive.Paths.Where(path => path.Contains('/', StringComparison.Ordinal)).Concat(archive.Folders)
            .Where(path => path.Length > inside.Length && path.StartsWith(inside, StringComparison.Ordinal))
            .Select(path => new Entry(path[inside.Length..], null, "There is no file in it."))
            .Where(entry => !IsLitter(entry.Top) && !known.Contains(entry.Top))
            .DistinctBy(entry => entry.Top, StringComparer.Ordinal);
    }

    private static bool IsLitter(string name) => name[0] == '.' || Litter.Contains(name);

    // The one whose usual file is there; else the one with the most code.
    private string? LanguageOf(SafeArchive archive, IEnumerable<Entry> entries, List<SubmittedFile> files)
        => languages.All.FirstOrDefault(language => files.Count > 1 && files.Any(file => file.Path == language.Entry.FileName))?.Id
            ?? entries.Where(entry => entry.Path is not null)
                .Select(entry => (Language: languages.All.FirstOrDefault(language => language.HasExtension(entry.Name))?.Id, Bytes: archive.Find(entry.Path!)!.LongLength))
                .Where(file => file.Language is not null)
                .GroupBy(file => file.Language, StringComparer.Ordinal)
                .OrderByDescending(same => same.Sum(file => file.Bytes))
                .FirstOrDefault()?.Key;

    private static BatchDraft ReadDraft(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, BatchLines.Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? BatchReader.ReadDraft(document.RootElement) : throw new BatchRefusedException($"{DraftFile} is not a JSON object.");
        }
        catch (RequestRefusedException e)
        {
            throw new BatchRefusedException($"{DraftFile}: {RefusalText.Of(e)}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BatchRefusedException($"{DraftFile} is not JSON that can be read with one meaning.", e);
        }
    }

    private static int CommonFolder(List<string> paths)
    {
        int slash = paths.Count == 0 ? -1 : paths[0].IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && paths.TrueForAll(path => path.StartsWith(paths[0][..(slash + 1)], StringComparison.Ordinal)) ? slash + 1 : 0;
    }

    // Whose it is can be told all the same.
    private static string NameOf(string path, string folder)
    {
        string inside = path.StartsWith(folder, StringComparison.Ordinal) ? path[folder.Length..] : path;
        string name = string.Join('/', inside.Split('/').Where(part => part is not ("" or "." or "..")));
        return name.Length > 0 ? name : "?";
    }

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : name;

    // It is shown to people and stands in labels.
    private static string? KeyOf(string name)
    {
        string key = string.Concat(name.EnumerateRunes().Select(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? "?" : rune.ToString()));
        int end = key.Length <= LongestKey ? key.Length : char.IsHighSurrogate(key[LongestKey - 1]) ? LongestKey - 1 : LongestKey;
        return end == 0 ? null : key[..end];
    }

    /// <param name="Name">As the archive is understood.</param>
    /// <param name="Path">As it stands there; null where it was left out.</param>
    /// <param name="Mistake">Why it was left out.</param>
    private sealed record Entry(string Name, string? Path, string? Mistake)
    {
        public string Top => Name.Contains('/', StringComparison.Ordinal) ? Name[..Name.IndexOf('/', StringComparison.Ordinal)] : Name;
    }
}
