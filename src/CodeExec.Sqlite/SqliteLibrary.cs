using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace CodeExec.Sqlite;

/// <summary>Takes the system's SQLite where it is newer than the one the package brings: a distribution patches it, the package is old.</summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";

    private static readonly string[] SystemNames = ["libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3.dll"];

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();

    /// <summary>Which library is in use, for instance "3.40.1".</summary>
    public static string Version { get; } = Load();

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return raw.sqlite3_libversion().utf8_to_string();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Bundled)
        {
            return 0;
        }
        nint best = NativeLibrary.TryLoad(name, assembly, path, out nint bundled) ? bundled : 0;
        foreach (string system in SystemNames)
        {
            if (NativeLibrary.TryLoad(system, out nint candidate) && VersionOf(candidate) > VersionOf(best))
            {
                best = candidate;
            }
        }
        return best;
    }

    private static int VersionOf(nint library)
        => library != 0 && NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out nint export)
            ? Marshal.GetDelegateForFunctionPointer<VersionNumber>(export)()
            : 0;
}
