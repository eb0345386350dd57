using CodeExec.Linux;
using Microsoft.Win32.SafeHandles;

namespace CodeExec.Containers.Cells;

internal static class FileDescriptors
{
    /// <summary>Opens a file as a descriptor that can be handed to another process.</summary>
    public static FileDescriptor Open(string path, FileAccess access)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite);
        int value = (int)handle.DangerousGetHandle();
        handle.SetHandleAsInvalid();
        return new FileDescriptor(value);
    }

    /// <summary>Writable where the runner sets what is in it: the limits of a case, and a peak that begins anew.</summary>
    public static FileDescriptor OpenCounter(string path)
    {
        bool peak = path.EndsWith("max_usage_in_bytes", StringComparison.Ordinal) || path.EndsWith("memory.peak", StringComparison.Ordinal);
        bool limit = path.EndsWith("limit_in_bytes", StringComparison.Ordinal) || path.EndsWith(".max", StringComparison.Ordinal) || path.EndsWith("cfs_quota_us", StringComparison.Ordinal);
        try
        {
            return Open(path, peak || limit ? FileAccess.ReadWrite : FileAccess.Read);
        }
        catch (UnauthorizedAccessException) when (peak)
        {
            return Open(path, FileAccess.Read); // kernels before 6.12 have no reset for memory.peak
        }
    }
}
