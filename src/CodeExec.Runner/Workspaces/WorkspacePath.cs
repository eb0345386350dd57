using System.Text;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Workspaces;

/// <summary>A job's path below the workspace, cut into names: it can not leave it.</summary>
internal static class WorkspacePath
{
    private const int LongestName = 255;
    private const int LongestPath = 4095;

    /// <exception cref="JobFormatException">The path is absolute, climbs, or could not be a file's.</exception>
    public static byte[][] Parse(string path)
    {
        string[] parts = path.Split('/');
        bool isOdd = path.Length == 0 || path.Contains('\0') || Encoding.UTF8.GetByteCount(path) > LongestPath;
        if (isOdd || Array.Exists(parts, part => part is "" or "." or ".." || Encoding.UTF8.GetByteCount(part) > LongestName))
        {
            throw new JobFormatException($"The job has a file '{path}': a path is relative to the workspace, without '.', '..' or empty names.");
        }

        return Array.ConvertAll(parts, Encoding.UTF8.GetBytes);
    }
}
