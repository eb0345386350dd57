using System.IO.Compression;
using System.Text;

namespace CodeExec.Server.Tests;

internal static class ZipOf
{
    public static byte[] Files(params (string Path, string Content)[] files)
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, string content) in files)
            {
                using Stream entry = archive.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return zip.ToArray();
    }
}
