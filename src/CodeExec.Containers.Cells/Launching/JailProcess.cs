using CodeExec.Linux;

namespace CodeExec.Containers.Cells.Launching;

/// <summary>The process on this side of a jail, and what it says on its stderr.</summary>
internal sealed class JailProcess(int pid, PidFd? handle, FileDescriptor complaints, bool isChild, Func<ValueTask>? afterwards = null) : IAsyncDisposable
{
    /// <summary>0 for a process that another one made.</summary>
    public int Id { get; } = pid;

    public bool HasEnded => handle is null || handle.WaitForExit(TimeSpan.Zero);

    /// <summary>What bubblewrap or the runner had to complain about, for the operator.</summary>
    public string ReadComplaints()
    {
        byte[] buffer = new byte[4096];
        int count = complaints.Read(buffer);
        return count <= 0 ? "" : System.Text.Encoding.UTF8.GetString(buffer, 0, count).Trim();
    }

    public void Kill() => handle?.Send(SignalNumber.Kill);

    /// <summary>Waits for the end of a killed process and lets the kernel forget it.</summary>
    public void Reap()
    {
        if (isChild)
        {
            _ = ChildProcesses.WaitAndReap(Id);
        }
        else
        {
            handle?.WaitForExit(TimeSpan.FromSeconds(2));
        }
    }

    public ValueTask DisposeAsync()
    {
        handle?.Dispose();
        complaints.Dispose();
        return afterwards is null ? ValueTask.CompletedTask : afterwards();
    }
}
