using CodeExec.Core.Languages.Detection;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0's ids of languages, as far as this server has the language. Its version is ours, not that of Judge0's image.</summary>
internal sealed class Judge0Languages
{
    /// <summary>A zip with two scripts, "compile" and "run".</summary>
    public const int MultiFile = 89;

    // By the id or alias that our language files use; those of Judge0's own images, and of its newer ones.
    private static readonly (string Language, int[] Ids)[] Known =
    [
        ("bash", [46]), ("c", [50, 48, 49, 75, 103, 104, 110]), ("cpp", [54, 52, 53, 76, 105]), ("csharp", [51]), ("fsharp", [87]), ("go", [60, 95, 106, 107]),
        ("haskell", [61]), ("java", [62, 91]), ("javascript", [63, 93, 97, 102]), ("kotlin", [78, 111]), ("lua", [64]), ("ocaml", [65]), ("pascal", [67]), ("perl", [85]),
        ("php", [68, 98]), ("python", [71, 92, 100, 109, 113]), ("r", [80, 99]), ("ruby", [72]), ("rust", [73, 108]), ("scala", [81, 112]), ("swift", [83]), ("typescript", [74, 94, 101]),
    ];

    private readonly SortedDictionary<int, DetectedLanguage> _byId = [];

    public Judge0Languages(InstalledLanguages languages)
    {
        foreach ((string name, int[] ids) in Known)
        {
            if (languages.Installed.FirstOrDefault(one => one.Language.Id == name || one.Language.Aliases.Contains(name, StringComparer.Ordinal)) is { } found)
            {
                Array.ForEach(ids, id => _byId[id] = found);
            }
        }

        if (languages.Installed.FirstOrDefault(one => one.Language.Id == "bash") is { } shell)
        {
            _byId[MultiFile] = shell;
        }
    }

    public IEnumerable<Judge0LanguageView> All => _byId.Select(one => new Judge0LanguageView(one.Key, NameOf(one.Key)));

    public DetectedLanguage? Find(int id) => _byId.GetValueOrDefault(id);

    public string NameOf(int id) => id == MultiFile ? "Multi-file program" : _byId.GetValueOrDefault(id) is { } found ? $"{found.Language.Name} ({found.ToolchainVersion})" : "";
}

internal sealed record Judge0LanguageView(int Id, string Name);
