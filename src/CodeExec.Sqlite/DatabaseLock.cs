using System.Globalization;

namespace CodeExec.Sqlite;

/// <summary>One process per data folder. The kernel gives the lock back when the holder dies, however it dies.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _holder;

    private DatabaseLock(FileStream held, string holder, bool wasAbandoned)
    {
        _held = held;
        _holder = holder;
        WasAbandoned = wasAbandoned;
    }

    /// <summary>The holder before this one did not close the database: it crashed or was killed.</summary>
    public bool WasAbandoned { get; }

    /// <exception cref="DatabaseInUseException">Somebody else holds it.</exception>
    public static DatabaseLock Take(string databaseFile)
    {
        string path = databaseFile + ".lock";
        string holder = databaseFile + ".pid"; // beside the lock, because a locked file cannot be read everywhere
        FileStream held;
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(databaseFile))!;
            throw new DatabaseInUseException(folder, ReadHolder(holder));
        }
        try
        {
            bool wasAbandoned = File.Exists(holder); // it goes when the database is closed
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DatabaseLock(held, holder, wasAbandoned);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Gives the lock back, with a word that all was closed in order. Without <see cref="Dispose"/> the kernel gives it back, without one.</summary>
    public void Release()
    {
        File.Delete(_holder);
        Dispose();
    }

    public void Dispose() => _held.Dispose();

    private static int? ReadHolder(string path)
        => File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out int pid) ? pid : null;
}
