using System.IO.Compression;
using System.Text;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems;
using CodeExec.Core.Problems.Importing;

namespace CodeExec.Core.Tests.Problems;

/// <summary>Packages as authors would zip them, and what comes of them.</summary>
internal static class Packages
{
    public static Task<ProblemDraft> ReadAsync(params (string Path, string Content)[] files) => ReadAsync(check: true, files);

    public static async Task<ProblemDraft> ReadAsync(bool check, params (string Path, string Content)[] files)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, string content) in files)
            {
                await using Stream entry = archive.CreateEntry(path).Open();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(content));
            }
        }

        zip.Position = 0;
        return ProblemImport.Make(await SafeArchive.ReadAsync(zip, new GradingOptions(), CancellationToken.None), new ProblemDraft { Id = "p" }, hidden: true, check);
    }
}
