using CodeExec.Cli.Hosting;
using CodeExec.Client;

namespace CodeExec.Cli.Running;

/// <summary>The files of a program, under the paths they have beside their entry file.</summary>
/// <param name="Entry">Null for a program from standard input: the server names it as its language does.</param>
/// <param name="Code">The program, when it came from standard input.</param>
internal sealed record ProgramFiles(IReadOnlyList<SourceFile> Files, string? Entry, string? Code)
{
    public static async Task<ProgramFiles> ReadAsync(string[] names, string? entry, CliHost host, CancellationToken cancellationToken)
    {
        string[] named = [.. names.Where(n => n != "-").Distinct(StringComparer.Ordinal)];
        string? code = !names.Contains("-") ? null : await ProgramInput.ReadTextAsync(host.In, "The program on standard input", cancellationToken);
        if (code is not null && entry is not null)
        {
            throw new UsageException("--entry names a file, but the program comes from standard input ('-'); give one of them.");
        }
        string[] full = [.. named.Select(n => CheckedPath(n, host))];
        string? entryFile = code is not null ? null : entry is null ? full[0] : EntryAmong(full, entry, host);
        string root = RootOf(full, entryFile);
        List<SourceFile> files = [];
        foreach (string file in full)
        {
            files.Add(SourceFile.FromBytes(Relative(root, file), await File.ReadAllBytesAsync(file, cancellationToken)));
        }
        return new ProgramFiles(files, entryFile is null ? null : Relative(root, entryFile), code);
    }

    /// <summary>The folder of the entry file, as an interpreter would see it; the nearest folder above all files where some lie beside it.</summary>
    private static string RootOf(string[] files, string? entry)
    {
        if (files.Length == 0)
        {
            return "/";
        }
        string root = Path.GetDirectoryName(entry ?? files[0])!;
        while (!files.All(f => f.StartsWith(WithSeparator(root), StringComparison.Ordinal)))
        {
            root = Path.GetDirectoryName(root)!;
        }
        return root;
    }

    private static string WithSeparator(string folder) => folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar;

    private static string Relative(string root, string file) => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/');

    private static string CheckedPath(string name, CliHost host)
    {
        string path = host.PathOf(name);
        if (Directory.Exists(path))
        {
            throw new UsageException($"'{name}' is a folder; name its files, for instance {name.TrimEnd('/')}/*.");
        }
        return File.Exists(path)
            ? path
            : throw new UsageException($"There is no file '{name}'. (What is meant for the program goes after '--'.)");
    }

    private static string EntryAmong(string[] files, string entry, CliHost host)
    {
        string path = host.PathOf(entry);
        return files.Contains(path, StringComparer.Ordinal)
            ? path
            : files.SingleOrDefault(f => f.EndsWith(Path.DirectorySeparatorChar + entry, StringComparison.Ordinal))
                ?? throw new UsageException($"--entry {entry} is not one of the given files.");
    }
}
