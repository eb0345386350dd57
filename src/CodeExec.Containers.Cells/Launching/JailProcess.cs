using System.Globalization;
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

    /// <summary>
    /// bubblewrap's child waits for its parent before it asks the kernel to end with it: a parent that is killed in that moment leaves it
    /// waiting for good. So the parent is halted first (a fork under way then fails), and the child goes before it.
    /// </summary>
    public void Kill()
    {
        if (isChild)
        {
            handle?.Send(SignalNumber.Stop);
            foreach (int child in Children())
            {
                Signals.Send(child, SignalNumber.Kill);
            }
        }

        handle?.Send(SignalNumber.Kill);
    }

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

    private int[] Children()
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{Id}/task/{Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended, and its child with it
        }
    }

    public ValueTask DisposeAsync()
    {
        handle?.Dispose();
        complaints.Dispose();
        return afterwards is null ? ValueTask.CompletedTask : afterwards();
    }
}
