using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Workspaces;

/// <summary>Writes a job's files, before any of its programs has run. Links are not followed all the same.</summary>
internal static class WorkspaceWriter
{
    private const int FolderMode = 0b111_101_101;
    private const int FileMode = 0b110_100_100;
    private const int ProgramMode = FolderMode;

    public static void Write(LinuxDirectory workspace, IReadOnlyList<JobFile> files)
    {
        foreach (JobFile file in files)
        {
            try
            {
                WriteOne(workspace, file);
            }
            catch (LinuxException error) when (error.Errno is Errno.NotDirectory or Errno.IsDirectory or Errno.TooManyLinks)
            {
                throw new JobFormatException($"The job's file '{file.Path}' clashes with another: the same name can not be a file and a folder.");
            }
        }
    }

    private static void WriteOne(LinuxDirectory workspace, JobFile file)
    {
        byte[][] names = WorkspacePath.Parse(file.Path);
        LinuxDirectory folder = workspace;
        try
        {
            foreach (byte[] name in names.AsSpan(0, names.Length - 1))
            {
                folder.MakeDirectory(name, FolderMode);
                LinuxDirectory next = folder.OpenDirectory(name);
                Close(folder, workspace);
                folder = next;
            }

            int mode = file.Executable ? ProgramMode : FileMode;
            using FileDescriptor written = folder.OpenFile(names[^1], OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, mode);
            written.WriteAll(file.Content);
        }
        finally
        {
            Close(folder, workspace);
        }
    }

    private static void Close(LinuxDirectory folder, LinuxDirectory workspace)
    {
        if (folder != workspace)
        {
            folder.Dispose();
        }
    }
}
