using CodeExec.Core.Languages;

namespace CodeExec.Containers.Cells.Preparation;

/// <summary>What one version of a toolchain has made ahead.</summary>
/// <param name="Folder">On this machine; mounted into each cell of the language, which so sees what comes to be in it.</param>
internal sealed record PreparedToolchain(string Language, ToolchainPreparation Preparation, string Folder)
{
    /// <summary>Appears whole, by a rename. In a cell this is <see cref="ToolchainPreparation.FolderOf"/>.</summary>
    public string Ready => Path.Combine(Folder, Language);

    public bool IsReady => Directory.Exists(Ready);

    public string NewWorkFolder() => Folder + ".making-" + Guid.NewGuid().ToString("n");
}
