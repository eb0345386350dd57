using CodeExec.Containers.Cells.Preparation;
using CodeExec.Core.Languages;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>A folder for what toolchains make ahead.</summary>
public sealed class PreparedFolder : IDisposable
{
    public PreparedFolder() => File.SetUnixFileMode(Name, File.GetUnixFileMode(Name) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute); // the users that cells run under must get in

    public string Name { get; } = Directory.CreateTempSubdirectory("codeexec-prepared-").FullName;

    /// <summary>Makes it, unless an earlier test of this folder has.</summary>
    internal async Task<PreparedToolchain> PrepareAsync(CellsFixture cells, ToolchainPreparation preparation, string language = "toy")
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        PreparedToolchains toolchains = Toolchains(preparation, "1.0");
        await using ToolchainPreparer preparer = new(toolchains, NullLogger<ToolchainPreparer>.Instance);
        await preparer.Want(language, cells.Provider.CreateAsync);
        return toolchains.For(language)!;
    }

    internal PreparedToolchains Toolchains(ToolchainPreparation? preparation, string version)
        => new(new CellsFixture.TestToolchains(preparation, version), Options.Create(new CellsOptions { PreparedFolder = Name }), NullLogger<PreparedToolchains>.Instance);

    public void Dispose() => Directory.Delete(Name, recursive: true);
}
