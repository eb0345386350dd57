using System.Globalization;

namespace CodeExec.Sqlite;

/// <summary>One process per data folder. The kernel gives the lock back when the holder dies, however it dies.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream _held;

    private DatabaseLock(FileStream held) => _held = held;

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
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DatabaseLock(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _held.Dispose();

    private static int? ReadHolder(string path)
        => File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out int pid) ? pid : null;
}
