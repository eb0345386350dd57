using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Tests;

/// <summary>A database in a folder of its own; both go when the test ends.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codeexec-test-");

    public TemporaryDatabase() => Database = SqliteDatabase.Open(new SqliteDatabaseOptions { File = Path.Combine(_folder.FullName, "codeexec.db") });

    public SqliteDatabase Database { get; private set; }

    public string Folder => _folder.FullName;

    public void Reopen()
    {
        Database.Dispose();
        Database = SqliteDatabase.Open(new SqliteDatabaseOptions { File = Database.File });
    }

    public ValueTask DisposeAsync()
    {
        Database.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
