using CodeExec.Core.Languages.Detection;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0's ids of languages, as far as this server has the language. Its version is ours, not that of Judge0's image.</summary>
internal sealed class Judge0Languages
{
    // By the id or alias that our language files use; those of Judge0's own images, and of its newer ones.
    private static readonly (string Language, int[] Ids)[] Known =
    [
        ("bash", [46]), ("c", [50, 48, 49, 75, 103, 104, 110]), ("cpp", [54, 52, 53, 76, 105]), ("csharp", [51]), ("fsharp", [87]), ("go", [60, 95, 106, 107]),
        ("haskell", [61]), ("java", [62, 91]), ("javascript", [63, 93, 97, 102]), ("kotlin", [78, 111]), ("lua", [64]), ("ocaml", [65]), ("pascal", [67]), ("perl", [85]),
        ("php", [68, 98]), ("python", [71, 92, 100, 109, 113]), ("r", [80, 99]), ("ruby", [72]), ("rust", [73, 108]), ("scala", [81, 112]), ("swift", [83]), ("typescript", [74, 94, 101]),
    ];

    /// <summary>Those that Judge0 itself takes no more: whoever still sends them means the same languages.</summary>
    private static readonly (string Language, int[] Ids)[] Archived =
    [
        ("bash", [1, 2]), ("c", [4, 5, 6, 7, 8, 9]), ("cpp", [10, 11, 12, 13, 14, 15]), ("csharp", [16, 17]), ("go", [22]), ("haskell", [23, 24]), ("java", [26, 27, 28]),
        ("javascript", [29, 30]), ("ocaml", [31]), ("pascal", [33]), ("python", [34, 35]), ("ruby", [38, 39, 40, 41]), ("rust", [42]),
    ];

    private readonly SortedDictionary<int, Judge0Language> _byId = [];

    public Judge0Languages(InstalledLanguages languages)
    {
        Add(languages, Known, isArchived: false);
        Add(languages, Archived, isArchived: true);
        if (languages.Installed.FirstOrDefault(one => one.Language.Id == "bash") is { } shell)
        {
            foreach (Judge0Script script in Judge0Script.All)
            {
                _byId[script.Id] = new Judge0Language(script.Id, shell, false, script);
            }
        }
    }

    /// <summary>In the order of their names, as there.</summary>
    public IEnumerable<Judge0Language> All => _byId.Values.OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase);

    public Judge0Language? Find(int id) => _byId.GetValueOrDefault(id);

    public string NameOf(int id) => Find(id)?.Name ?? "";

    private void Add(InstalledLanguages languages, (string Language, int[] Ids)[] known, bool isArchived)
    {
        foreach ((string name, int[] ids) in known)
        {
            if (languages.Installed.FirstOrDefault(one => one.Language.Id == name || one.Language.Aliases.Contains(name, StringComparer.Ordinal)) is { } found)
            {
                Array.ForEach(ids, id => _byId[id] = new Judge0Language(id, found, isArchived, null));
            }
        }
    }
}

/// <param name="Script">Null unless a shell does it.</param>
internal sealed record Judge0Language(int Id, DetectedLanguage Detected, bool IsArchived, Judge0Script? Script)
{
    public string Name => Script?.Name ?? $"{Detected.Language.Name} ({Detected.ToolchainVersion})";

    public string? SourceFile => Script is null ? Detected.Language.Entry.FileName : Script.SourceFile;

    public string? CompileCommand => Script is null ? Detected.Language.Compile?.Command.ToString() : null;

    public string? RunCommand => Script switch
    {
        null => Detected.Language.Run.Command.ToString(),
        { Id: Judge0Script.MultiFile } => null,
        _ => Script.Text.TrimEnd(),
    };
}

internal sealed record Judge0LanguageView(int Id, string Name);
