namespace CodeExec.Server.Languages;

public sealed class LanguagesOptions
{
    public const string Section = "Languages";

    /// <summary>The folder of the language files that come with CodeExec. Looked for beside the host and in the repository unless set.</summary>
    public string? Path { get; set; }

    /// <summary>Ids of languages that are kept ready from the start; those that are not installed are left out.</summary>
    public IList<string> Ready { get; } = [];

    /// <summary>How many containers of each of those are made at the start: 2 unless set.</summary>
    public int ReadyCount { get; set; } = 2;
}
