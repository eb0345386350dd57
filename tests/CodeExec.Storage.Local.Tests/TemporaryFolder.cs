namespace CodeExec.Storage.Local.Tests;

/// <summary>A folder of one test's own.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codeexec-test-");

    public string Path => _folder.FullName;

    public string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>The files of a folder as a process finds them that starts after this one was killed now.</summary>
    /// <returns>The path of the copy.</returns>
    public string CopyAsAfterAKill(string name)
    {
        string from = In(name);
        string to = In(Guid.NewGuid().ToString("n"));
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            string copy = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            using FileStream source = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream target = File.Create(copy);
            source.CopyTo(target);
        }
        return to;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
