using System.Text;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>Which paths a file of a submission may have: those that mean the same place, inside the workspace, on every system.</summary>
internal static class FilePaths
{
    private const int LongestPath = 1024, LongestName = 255;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    };

    /// <returns>Null for a path that may be used.</returns>
    public static string? FindMistake(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return "Give the file a path, relative to the workspace.";
        }

        if (Texts.ToBytes(path) is not { } bytes)
        {
            return Texts.NotText;
        }

        return bytes.Length > LongestPath ? $"May have {LongestPath} bytes at most."
            : path.Any(char.IsControl) ? "Must not have control characters."
            : path.Contains('\\', StringComparison.Ordinal) ? "Parts of a path are parted by '/', not by '\\'."
            : path[0] == '/' ? "Must be relative to the workspace; leave the leading '/' away."
            : path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]) ? "Must be relative to the workspace; leave the drive away."
            : path.Split('/').Select(FindMistakeInName).FirstOrDefault(mistake => mistake is not null);
    }

    /// <summary>The same of a path that stands where a pattern of many could.</summary>
    public static string? FindMistakeInOne(string? path) => FindMistake(path) ?? (path!.IndexOfAny(['*', '?', '[', '{']) < 0 ? null : "Must be the name of one file.");

    private static string? FindMistakeInName(string name)
    {
        if (name is "" or "." or "..")
        {
            return "Must not have empty parts, '.' or '..': write the path as it is inside the workspace.";
        }

        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            return $"Each part may have {LongestName} bytes at most.";
        }

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return Reserved.Contains(dot < 0 ? name : name[..dot]) ? $"'{name}' is a reserved name on some systems; choose another." : null;
    }
}
