using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Blobs;

/// <summary>The files of large blobs: FOLDER/ab/abcdef…, named at random and never written a second time.</summary>
internal sealed class BlobFiles(string folder)
{
    private const int ShardLength = 2;

    public (string Name, FileStream File) Create()
    {
        string name = Guid.NewGuid().ToString("n");
        string shard = Path.Combine(folder, name[..ShardLength]);
        if (!Directory.Exists(shard))
        {
            Directory.CreateDirectory(shard);
            DurableFiles.FlushFolder(folder);
        }
        return (name, DurableFiles.CreateNew(PathOf(name)));
    }

    /// <summary>Makes a written file durable, with its name.</summary>
    public void Flush(string name, FileStream file)
    {
        file.Flush(flushToDisk: true);
        DurableFiles.FlushFolder(Path.GetDirectoryName(PathOf(name))!);
    }

    /// <returns>Null if there is no such file.</returns>
    public FileStream? TryOpen(string name)
    {
        try
        {
            return DurableFiles.OpenRead(PathOf(name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void Delete(string name) => DurableFiles.Delete(PathOf(name));

    /// <param name="known">Which files between two names, both included, are to stay.</param>
    public void DeleteAllExcept(Func<(string First, string Last), HashSet<string>> known)
    {
        foreach (DirectoryInfo shard in new DirectoryInfo(folder).EnumerateDirectories().Where(shard => shard.LinkTarget is null))
        {
            // A folder at a time: how many files there are in all does not matter to memory.
            List<string> names = [.. shard.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
            if (names.Count == 0)
            {
                continue;
            }
            HashSet<string> stay = known((names[0], names[^1]));
            foreach (string name in names.Where(name => !stay.Contains(name)))
            {
                File.Delete(Path.Combine(shard.FullName, name));
            }
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name[..ShardLength], name);
}
