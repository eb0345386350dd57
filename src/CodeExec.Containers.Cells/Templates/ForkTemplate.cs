using System.Globalization;
using System.Text;
using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Containers.Cells.Launching;
using CodeExec.Core.Containers;
using CodeExec.Linux;

namespace CodeExec.Containers.Cells.Templates;

/// <summary>
/// A jail with an interpreter in it that has started and runs nothing: it forks itself into cells. The other end of this is
/// Native/cell.c of the runner, loaded by Warm/sitecustomize.py.
/// </summary>
internal sealed class ForkTemplate(JailProcess process, FileDescriptor socket, CellCgroup? cgroup, CellRemover remover) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _disposed;
    private int _users = 1; // the shelf, whoever is about to fork it, and each living cell

    public int Forks { get; private set; }

    public bool HasEnded => process.HasEnded;

    /// <summary>Why a cell of it did not come to be: it may be about to end, and another one makes the next.</summary>
    public string? Failure { get; set; }

    /// <summary>Keeps it until it is released as often.</summary>
    /// <returns>False if it is on its way out.</returns>
    public bool TryUse()
    {
        for (int users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits until the interpreter can fork.</summary>
    /// <exception cref="ContainerUnavailableException">It ended instead.</exception>
    public Task WaitUntilReadyAsync(TimeSpan limit) => Task.Run(() =>
    {
        if (!Poll.WaitFor(socket.Value, PollEvents.In, limit) || Receive(out _) != "ready")
        {
            throw new ContainerUnavailableException($"A template interpreter did not start. {process.ReadComplaints()}".TrimEnd());
        }
    });

    /// <summary>Makes a cell: its first process, and its second, the interpreter that waits. The caller uses it (<see cref="TryUse"/>), and the cell is to, too.</summary>
    /// <param name="line">The cell's end of the line to the runner.</param>
    /// <exception cref="ContainerUnavailableException">Nothing was made.</exception>
    public async Task<PidFd> ForkAsync(CellCgroup? cell, int workspaceMb, FileDescriptor line, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Fork(cell, workspaceMb, line), CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>One of its users is gone, or the shelf has let go of it. The last one takes the template away: cells live in its jail.</summary>
    public ValueTask ReleaseAsync() => Interlocked.Decrement(ref _users) == 0 ? DisposeAsync() : ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            socket.Dispose();
            await remover.RemoveAsync(process, cgroup);
            _turn.Dispose();
        }
    }

    private PidFd Fork(CellCgroup? cell, int workspaceMb, FileDescriptor line)
    {
        try
        {
            // Without cgroups a cell has a runner of its own inside, which watches processes by their table.
            int isAttended = cell is null ? 0 : 1;
            string request = string.Create(CultureInfo.InvariantCulture, $"{cell?.JoinFiles.Count ?? 0} {workspaceMb} {isAttended} {cell?.RunnerOption}");
            UnixMessage.Send(socket, Encoding.ASCII.GetBytes(request), [line, .. cell?.Joins ?? [], .. cell?.Counters ?? []]);
            string answer = Receive(out IReadOnlyList<FileDescriptor> handles);
            if (answer != "made" || handles is not [FileDescriptor handle])
            {
                throw new ContainerUnavailableException($"The template could not make a cell: {answer} {process.ReadComplaints()}".TrimEnd());
            }

            Forks++;
            return PidFd.FromDescriptor(handle);
        }
        catch (Exception e) when (e is LinuxException or IOException)
        {
            throw new ContainerUnavailableException($"The template could not make a cell: {e.Message}", e);
        }
    }

    private string Receive(out IReadOnlyList<FileDescriptor> descriptors)
    {
        byte[] buffer = new byte[4096];
        int count = UnixMessage.Receive(socket, buffer, out descriptors);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }
}
