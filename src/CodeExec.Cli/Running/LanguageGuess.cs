using CodeExec.Client;

namespace CodeExec.Cli.Running;

/// <summary>The language of a file by its extension: the built-in ones without asking, others by the server's list.</summary>
internal sealed class LanguageGuess(CodeExecClient client)
{
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.OrdinalIgnoreCase)
    {
        [".py"] = "python",
        [".js"] = "javascript",
        [".mjs"] = "javascript",
        [".cjs"] = "javascript",
        [".ts"] = "typescript",
        [".go"] = "go",
        [".java"] = "java",
        [".cpp"] = "cpp",
        [".cc"] = "cpp",
        [".cxx"] = "cpp",
        [".c"] = "c",
        [".sh"] = "bash",
        [".bash"] = "bash",
    };

    public async Task<string> OfAsync(string file, CancellationToken cancellationToken)
    {
        string extension = Path.GetExtension(file);
        if (BuiltIn.TryGetValue(extension, out string? language))
        {
            return language;
        }
        if (extension.Length > 0)
        {
            IReadOnlyList<LanguageInfo> offered = await client.ListLanguagesAsync(cancellationToken);
            if (offered.FirstOrDefault(l => l.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase)) is { } match)
            {
                return match.Id;
            }
        }
        throw new UsageException($"The name of '{file}' does not tell its language: say --language NAME ('codeexec languages' lists them).");
    }
}
