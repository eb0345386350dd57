using System.Runtime.Versioning;
using CodeExec.Storage.Local.Folders;

namespace CodeExec.Storage.Local.Tests.Folders;

public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Open = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void Open_NewFolder_IsTheOwnersOnly()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");

        DataFolder folder = DataFolder.Open(_temporary.In("a", "data"));

        foreach (string path in new[] { folder.Path, folder.Logs, folder.Blobs })
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        }
        Assert.Equal(["blobs", "logs"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Open_AgainWithFilesOfOurs_Opens()
    {
        DataFolder folder = DataFolder.Open(_temporary.In("data"));
        File.WriteAllText(folder.DatabaseFile, "");

        Assert.Equal(folder.Path, DataFolder.Open(folder.Path).Path);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void Open_PreparedFolderThatOthersCanRead_ClosesIt()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");
        string path = _temporary.In("data");
        Directory.CreateDirectory(Path.Combine(path, "languages"));
        File.SetUnixFileMode(path, Open);

        DataFolder.Open(path);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void Open_FolderInUseForSomethingElse_IsRefusedAndLeftAlone()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix file modes");
        string path = _temporary.In("home");
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Open);
        File.WriteAllText(Path.Combine(path, "thesis.txt"), "");

        DataFolderUnusableException refused = Assert.Throws<DataFolderUnusableException>(() => DataFolder.Open(path));

        Assert.Contains("chmod 700", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Open, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFileSystemEntries(path));
    }

    [Fact]
    public void Open_PathOfAFile_SaysSo()
    {
        File.WriteAllText(_temporary.In("file"), "");

        Assert.Contains("it is a file", Assert.Throws<DataFolderUnusableException>(() => DataFolder.Open(_temporary.In("file"))).Message, StringComparison.Ordinal);
        Assert.Throws<DataFolderUnusableException>(() => DataFolder.Open(_temporary.In("file", "below")));
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void Open_LinkInPlaceOfASubfolder_IsRefused()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(_temporary.In("elsewhere"));
        string path = DataFolder.Open(_temporary.In("data")).Path;
        Directory.Delete(Path.Combine(path, "logs"));
        Directory.CreateSymbolicLink(Path.Combine(path, "logs"), _temporary.In("elsewhere"));

        Assert.Contains("is a link", Assert.Throws<DataFolderUnusableException>(() => DataFolder.Open(path)).Message, StringComparison.Ordinal);
    }
}
