namespace CodeExec.Core.Containers;

/// <summary>Finds the runner that was built with this host.</summary>
public static class RunnerBinary
{
    public const string FileName = "codeexec-runner";

    /// <summary>Lies beside it.</summary>
    public const string CellLibrary = "codeexec-cell.so";

    /// <summary>The configured path; else beside the host; else in the artifacts of the repository that the host was built in.</summary>
    public static string Find(string? configured)
    {
        if (configured is not null)
        {
            return Path.GetFullPath(configured);
        }

        string beside = Path.Combine(AppContext.BaseDirectory, FileName);
        if (File.Exists(beside))
        {
            return beside;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string built = Path.Combine(folder.FullName, "artifacts", "runner", FileName);
            if (File.Exists(built))
            {
                return built;
            }
        }

        return beside;
    }
}
