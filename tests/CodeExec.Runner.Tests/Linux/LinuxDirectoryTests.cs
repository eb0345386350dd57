using System.Text;
using CodeExec.Linux;

namespace CodeExec.Runner.Tests.Linux;

public sealed class LinuxDirectoryTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("codeexec-directory-").FullName;
    private readonly LinuxDirectory _directory;

    public LinuxDirectoryTests() => _directory = LinuxDirectory.Open(_path);

    [Theory]
    [InlineData("folder/file", 0)]
    [InlineData("link", Errno.TooManyLinks)]
    [InlineData("linked-folder/file", Errno.TooManyLinks)]
    [InlineData("../x", 18)] // EXDEV: out of the directory
    [InlineData("/etc/passwd", 18)]
    [InlineData("folder/missing", Errno.NotFound)]
    public void TryOpenBeneath_Path_StaysBelowAndFollowsNoLink(string path, int expected)
    {
        Directory.CreateDirectory($"{_path}/folder");
        File.WriteAllText($"{_path}/folder/file", "x");
        File.CreateSymbolicLink($"{_path}/link", "folder/file");
        Directory.CreateSymbolicLink($"{_path}/linked-folder", "folder");

        using FileDescriptor? file = _directory.TryOpenBeneath(Encoding.UTF8.GetBytes(path), OpenFlags.ReadOnly, out int error);

        Assert.Equal((expected, expected == 0), (error, file is not null));
    }

    [Fact]
    public void ReadNames_ManyAndOdd_AreAllThere()
    {
        HashSet<string> expected = [.. Enumerable.Range(0, 1000).Select(i => $"file-{i}")];
        foreach (string name in expected)
        {
            File.WriteAllText($"{_path}/{name}", "");
        }

        _directory.OpenFile([0xff, (byte)'\n'], OpenFlags.Create | OpenFlags.WriteOnly, 0b110_000_000).Dispose();

        List<byte[]> names = [];
        DirectoryReader reader = _directory.ReadNames();
        while (reader.TryNext(out ReadOnlySpan<byte> name))
        {
            names.Add(name.ToArray());
        }

        Assert.Equal(0, _directory.Remove([0xff, (byte)'\n'], directory: false)); // .NET could not name it
        Assert.Equal(1001, names.Count);
        Assert.Contains(names, name => name is [0xff, (byte)'\n']);
        Assert.Superset(expected, names.Select(Encoding.UTF8.GetString).ToHashSet());
    }

    [Fact]
    public void Status_EveryKind_IsTold()
    {
        Directory.CreateDirectory($"{_path}/folder");
        File.WriteAllText($"{_path}/file", "four");
        _directory.MakeLink("link"u8, "nowhere"u8);
        _directory.MakeSpecial("fifo"u8, FileKind.Fifo, 0b110_000_000);

        Assert.Equal(FileKind.Directory, _directory.Status("folder"u8)!.Value.Kind);
        Assert.Equal((FileKind.Regular, 4L, 1u), (_directory.Status("file"u8)!.Value.Kind, _directory.Status("file"u8)!.Value.Size, _directory.Status("file"u8)!.Value.Links));
        Assert.Equal(FileKind.Link, _directory.Status("link"u8)!.Value.Kind);
        Assert.Equal("nowhere"u8.ToArray(), _directory.ReadLink("link"u8));
        Assert.Equal((FileKind.Fifo, 0b110_000_000), (_directory.Status("fifo"u8)!.Value.Kind, _directory.Status("fifo"u8)!.Value.Mode));
        Assert.Null(_directory.Status("missing"u8));
    }

    public void Dispose()
    {
        _directory.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}
