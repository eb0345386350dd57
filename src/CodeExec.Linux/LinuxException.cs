using System.Runtime.InteropServices;

namespace CodeExec.Linux;

/// <summary>A system call that failed: which one, on what, and why.</summary>
public sealed class LinuxException : IOException
{
    public LinuxException(string call, int errno, string? subject = null)
        : base($"{call}{(subject is null ? "" : $" {subject}")}: {Marshal.GetPInvokeErrorMessage(errno)}")
    {
        Call = call;
        Errno = errno;
    }

    public string Call { get; }

    /// <summary>See <see cref="Linux.Errno"/>.</summary>
    public int Errno { get; }

    /// <summary>The error of the call just made on this thread.</summary>
    internal static LinuxException Last(string call, string? subject = null) => new(call, Marshal.GetLastPInvokeError(), subject);
}
