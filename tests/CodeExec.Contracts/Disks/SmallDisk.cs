using System.Diagnostics;

namespace CodeExec.Contracts.Disks;

/// <summary>A file system of a few megabytes in memory, to be filled up.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codeexec-test-");

    private SmallDisk()
    {
    }

    public string Path => _folder.FullName;

    private string Ballast => File("ballast");

    /// <returns>Null where this process may not mount.</returns>
    public static SmallDisk? TryMake(int megabytes = 4)
    {
        SmallDisk disk = new();
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=700", "codeexec-test", disk.Path))
        {
            return disk;
        }
        disk._folder.Delete(recursive: true);
        return null;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using FileStream ballast = new(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (int size in (int[])[64 * 1024, 4 * 1024])
        {
            try
            {
                while (true)
                {
                    ballast.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full: that is what it is for. Next with smaller pieces.
            }
        }
    }

    public void Free() => System.IO.File.Delete(Ballast);

    /// <summary>From now on nothing can be written, by nobody.</summary>
    public bool TryMakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    public void Dispose()
    {
        // The folder goes only when nothing is mounted on it any more: what is in a mount that stays is left alone.
        if (Run("umount", Path))
        {
            _folder.Delete();
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program on this machine
        }
    }
}
