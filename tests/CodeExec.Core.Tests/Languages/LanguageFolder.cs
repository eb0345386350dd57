namespace CodeExec.Core.Tests.Languages;

/// <summary>A folder of language files that goes when the test does.</summary>
internal sealed class LanguageFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codeexec-languages-");

    public string Path => _folder.FullName;

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public void Dispose() => _folder.Delete(recursive: true);
}
