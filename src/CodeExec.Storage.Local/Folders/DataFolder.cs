using System.Runtime.Versioning;

namespace CodeExec.Storage.Local.Folders;

/// <summary>The one folder that everything this host remembers lies in. Nobody but its owner may look into it.</summary>
public sealed class DataFolder
{
    private const string DatabaseName = "codeexec.db";

    /// <summary>What may lie in a new folder: a file system's own, and what an administrator prepares.</summary>
    private static readonly string[] KnownBeforeTheFirstStart = ["lost+found", "languages", "secrets.key"];

    [UnsupportedOSPlatform("windows")]
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    public string DatabaseFile => In(DatabaseName);

    public string Logs => In("logs");

    public string Blobs => In("blobs");

    public string SecretsKeyFile => In("secrets.key");

    /// <summary>Makes the folder, or checks the one that is there.</summary>
    /// <exception cref="DataFolderUnusableException">It can not be used; the message says why and what to do.</exception>
    public static DataFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        DataFolder folder = new(System.IO.Path.GetFullPath(path));
        try
        {
            if (File.Exists(folder.Path))
            {
                throw new DataFolderUnusableException(folder.Path, "it is a file. Name a folder.");
            }
            folder.Prepare();
            return folder;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new DataFolderUnusableException(folder.Path, $"it can not be written ({e.Message}). Give this user the right to, or name another folder.", e);
        }
    }

    private void Prepare()
    {
        if (!Directory.Exists(Path))
        {
            MakeOwnerOnly(Path);
        }
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & ~OwnerOnly) != 0)
        {
            Close();
        }
        foreach (string part in (string[])[Logs, Blobs])
        {
            if (new DirectoryInfo(part).LinkTarget is not null)
            {
                throw new DataFolderUnusableException(Path, $"'{part}' is a link. Links are not followed: put a folder there.");
            }
            MakeOwnerOnly(part);
        }
        string probe = In($"probe-{Guid.NewGuid():n}");
        File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose(); // a folder that was there may lie on a file system that is read-only now
    }

    /// <summary>Takes the others' rights away, but never from a folder that somebody uses for something else too.</summary>
    [UnsupportedOSPlatform("windows")]
    private void Close()
    {
        bool ours = File.Exists(DatabaseFile) || Directory.EnumerateFileSystemEntries(Path).All(entry => KnownBeforeTheFirstStart.Contains(System.IO.Path.GetFileName(entry)));
        if (!ours)
        {
            throw new DataFolderUnusableException(Path, "others may look into it, and it holds files that are not ours. Name a folder that is empty or does not exist, or run chmod 700 on this one.");
        }
        File.SetUnixFileMode(Path, OwnerOnly);
    }

    private static void MakeOwnerOnly(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
