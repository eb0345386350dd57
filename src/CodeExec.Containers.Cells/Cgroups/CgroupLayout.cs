using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Cgroups;

/// <summary>Where the cgroups of cells are and what their files are called: the difference between v1 and v2.</summary>
internal abstract class CgroupLayout
{
    /// <summary>All our cgroups are below a folder of this name, with the name of the host's data folder in it.</summary>
    public const string Family = "codeexec";

    public abstract string RunnerOption { get; }

    public abstract IReadOnlyList<string> Folders(string cell);

    public abstract IReadOnlyList<string> CounterFiles(string cell);

    public abstract string OutOfMemoryFile(string cell);

    /// <summary>Where a cell's part of the processors is set. Not every kernel can.</summary>
    public virtual string QuotaFile(string cell) => Path.Combine(Folders(cell)[0], "cpu.max");

    /// <summary>Found out by the detector.</summary>
    public bool HasQuota { get; set; }

    public abstract IEnumerable<(string File, string Value)> Settings(string cell, ContainerLimits limits);

    /// <summary>The folder whose children are the cells.</summary>
    public string Root => Roots[0];

    /// <summary>One for each controller in v1.</summary>
    public abstract IReadOnlyList<string> Roots { get; }

    /// <summary>Names of the cells that have a folder now.</summary>
    public IReadOnlyList<string> Cells()
        => Directory.Exists(Root) ? [.. Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)!)] : [];

    /// <summary>Whoever joins one of a cell's folders joins all: the first knows everybody.</summary>
    public IReadOnlyList<int> Processes(string cell)
    {
        string folder = Folders(cell)[0];
        try
        {
            return [.. File.ReadLines(Path.Combine(folder, "cgroup.procs")).Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)).Where(pid => pid > 0)];
        }
        catch (IOException) when (!Directory.Exists(folder))
        {
            return []; // removed: nobody is in it
        }
    }

    protected static string Microseconds(double cpus) => ((long)(cpus * 100_000)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    protected static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
