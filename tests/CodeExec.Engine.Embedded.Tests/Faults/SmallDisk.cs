using System.Diagnostics;

namespace CodeExec.Engine.Embedded.Tests.Faults;

/// <summary>A file system of a few megabytes in memory, to be filled up.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    private string Ballast => _folder.File("ballast");

    /// <returns>Null where this process may not mount.</returns>
    public static SmallDisk? TryMake()
    {
        SmallDisk disk = new();
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=4m", "codeexec-test", disk._folder.Path))
        {
            return disk;
        }
        disk._folder.Dispose();
        return null;
    }

    public string File(string name) => _folder.File(name);

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

    public void Dispose()
    {
        Run("umount", _folder.Path);
        _folder.Dispose();
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
