using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Launching;

/// <summary>A folder in a place where everybody may make folders. Whoever was there first could put a runner of their own into it.</summary>
internal static class OwnFolder
{
    /// <summary>Makes it, or makes sure that an earlier life of ours did.</summary>
    /// <exception cref="ContainerUnavailableException">It is somebody else's, or a link.</exception>
    public static void Claim(string path)
    {
        const UnixFileMode OnlyOurs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            DirectoryInfo folder = Directory.CreateDirectory(path, OnlyOurs);
            if (folder.LinkTarget is not null)
            {
                throw Foreign(path, "it is a link");
            }

            File.SetUnixFileMode(path, OnlyOurs); // refused to all but the owner
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Foreign(path, e.Message);
        }
    }

    private static ContainerUnavailableException Foreign(string path, string why)
        => new($"Cells would be laid out in {path}, which this user does not own: {why}. Remove it, or set Cells:RuntimeFolder to a folder of the service's own.");
}
