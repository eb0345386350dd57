namespace CodeExec.Core.Tests.Languages;

/// <summary>The folder that this test was built from.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find();

    public static string Languages => Path.Combine(Root, "languages");

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"There is no CodeExec.sln above {AppContext.BaseDirectory}.");
    }
}
