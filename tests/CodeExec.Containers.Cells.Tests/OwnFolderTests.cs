using CodeExec.Containers.Cells.Launching;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Tests;

public sealed class OwnFolderTests : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("codeexec-own-").FullName;

    [Fact]
    public void Claim_NothingThere_IsMadeForThisUserAlone()
    {
        string path = Path.Combine(_place, "new");

        OwnFolder.Claim(path);
        OwnFolder.Claim(path); // a second life finds its own

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Claim_OpenToOthers_IsClosed()
    {
        string path = Directory.CreateDirectory(Path.Combine(_place, "open")).FullName;
        File.SetUnixFileMode(path, (UnixFileMode)511);

        OwnFolder.Claim(path);

        Assert.Equal((UnixFileMode)448, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Claim_ALinkSomebodyLeft_IsRefusedWithAdvice()
    {
        string path = Path.Combine(_place, "link");
        Directory.CreateSymbolicLink(path, Directory.CreateDirectory(Path.Combine(_place, "theirs")).FullName);

        ContainerUnavailableException refused = Assert.Throws<ContainerUnavailableException>(() => OwnFolder.Claim(path));

        Assert.Contains("Cells:RuntimeFolder", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Claim_SomebodyElsesFolder_IsRefused()
    {
        Skip.If(Environment.IsPrivilegedProcess, "Root owns every folder.");

        Assert.Throws<ContainerUnavailableException>(() => OwnFolder.Claim("/usr"));
    }

    public void Dispose() => Directory.Delete(_place, recursive: true);
}
