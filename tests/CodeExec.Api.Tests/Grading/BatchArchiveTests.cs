using System.IO.Compression;
using System.Text;
using CodeExec.Api.Grading;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Importing;

namespace CodeExec.Api.Tests.Grading;

/// <summary>What a zip of submissions is understood as.</summary>
public sealed class BatchArchiveTests
{
    private readonly BatchArchive _archives = new(KnownLanguages.Catalog);

    [Fact]
    public async Task Read_OneFile_IsCodeWhateverItIsCalled()
    {
        BatchSubmission[] submissions = await ReadAsync(("ann.java", "public class Main {}"), ("bob/whatever.py", "print(3)"));

        Assert.Equal(["ann", "bob"], submissions.Select(one => one.Key));
        Assert.Equal([("java", "public class Main {}"), ("python", "print(3)")], submissions.Select(one => (one.Submission.Language!, one.Submission.Code!)));
        Assert.All(submissions, one => Assert.Null(one.Submission.Files));
    }

    [Fact]
    public async Task Read_OneFileThatIsNoText_StaysAFile()
    {
        BatchSubmission only = Assert.Single(await ReadAsync(Zip(("ann.py", [0x70, 0xFF]))));

        Assert.Null(only.Submission.Code);
        Assert.Equal(("ann.py", "cP8="), Assert.Single(only.Submission.Files!) is var file ? (file.Path, file.Content) : default);
    }

    [Fact]
    public async Task Read_SeveralFiles_KeepTheirNames()
    {
        BatchSubmission[] submissions = await ReadAsync(("ann/main.py", "import lib"), ("ann/lib.py", "x = 3"), ("bob.py", "print(3)"));

        Assert.Equal(["lib.py", "main.py"], submissions[0].Submission.Files!.Select(file => file.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("carl/")]
    [InlineData("carl/.DS_Store")]
    [InlineData("carl/homework/")]
    public async Task Read_AFolderWithoutAFile_IsSetAsideAndNotForgotten(string path)
    {
        foreach (string around in new[] { "", "all/" })
        {
            BatchSubmission[] submissions = await ReadAsync((around + "ann/main.py", "print(3)"), (around + path, ""));

            Assert.Equal([("ann", null), ("carl", "There is no file in it.")], submissions.Select(one => (one.Key, one.Refused)));
        }
    }

    [Fact]
    public async Task Read_LitterBesideSubmissions_IsNobodys()
    {
        BatchSubmission[] submissions = await ReadAsync(
            ("hw/", ""), ("hw/ann/", ""), ("hw/ann/main.py", "print(3)"), ("hw/bob.py", "print(3)"), ("hw/.git/", ""), ("hw/.git/HEAD", "x"), ("hw/__pycache__/x.pyc", "x"), ("__MACOSX/", ""), ("__MACOSX/hw/", ""));

        Assert.Equal(["ann", "bob"], submissions.Select(one => one.Key));
    }

    private Task<BatchSubmission[]> ReadAsync(params (string Path, string Content)[] files) => ReadAsync(Zip([.. files.Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Content)))]));

    private async Task<BatchSubmission[]> ReadAsync(byte[] zip)
    {
        SafeArchive archive = await SafeArchive.ReadAsync(new MemoryStream(zip), new GradingOptions(), leaveOut: true, default);
        return await _archives.Read(archive, new BatchDraft()).Submissions.ToArrayAsync();
    }

    private static byte[] Zip(params (string Path, byte[] Content)[] files)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(path).Open();
                entry.Write(content);
            }
        }

        return zip.ToArray();
    }
}
