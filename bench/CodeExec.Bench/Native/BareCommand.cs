using System.Runtime.InteropServices;

namespace CodeExec.Bench.Native;

/// <summary>
/// A program started with nothing around it: posix_spawn, its output read to the end, wait4. What it costs is what any way to run
/// code is measured against.
/// </summary>
internal sealed unsafe class BareCommand : IDisposable
{
    private static readonly string[] Environment = ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/tmp"];

    private readonly NativeStrings _arguments;
    private readonly NativeStrings _environment = new(Environment);
    private readonly NativeStrings _places;
    private readonly byte[] _output = new byte[64 << 10];

    public BareCommand(string folder, params string[] command)
        : this(folder, command, "/dev/null")
    {
    }

    /// <param name="input">A file that it reads as its stdin.</param>
    public BareCommand(string folder, string[] command, string input)
    {
        Folder = folder;
        _arguments = new NativeStrings(command);
        _places = new NativeStrings([folder, input]);
        Name = Path.GetFileName(command[0]);
    }

    public string Name { get; }

    public string Folder { get; }

    /// <summary>Runs it to its end. Not for two threads at once.</summary>
    /// <returns>What it printed, up to a buffer's worth; valid until the next run.</returns>
    /// <exception cref="BenchFailedException">It could not be started, or did not end with 0.</exception>
    public ReadOnlySpan<byte> Run()
    {
        int* ends = stackalloc int[2];
        Check(Libc.pipe2(ends, Libc.CloseOnExec), "pipe");
        int process = Spawn(ends[1]);
        Check(Libc.close(ends[1]), "close");
        int length = ReadToEnd(ends[0]);
        Check(Libc.close(ends[0]), "close");
        int status = Wait(process);
        return status == 0 ? _output.AsSpan(0, length) : throw new BenchFailedException($"{Name} ended with wait status {status}.");
    }

    public void Dispose()
    {
        _arguments.Dispose();
        _environment.Dispose();
        _places.Dispose();
    }

    private int Spawn(int output)
    {
        byte* actions = stackalloc byte[Libc.OpaqueBytes];
        int process = 0;
        int error = Libc.posix_spawn_file_actions_init(actions);
        error = error != 0 ? error : Libc.posix_spawn_file_actions_addchdir_np(actions, _places[0]);
        error = error != 0 ? error : Libc.posix_spawn_file_actions_addopen(actions, 0, _places[1], 0, 0);
        error = error != 0 ? error : Libc.posix_spawn_file_actions_adddup2(actions, output, 1);
        error = error != 0 ? error : Libc.posix_spawn(&process, _arguments[0], actions, null, _arguments.Pointers, _environment.Pointers);
        _ = Libc.posix_spawn_file_actions_destroy(actions);
        return error == 0 ? process : throw new BenchFailedException($"{Name} could not be started: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    private int ReadToEnd(int file)
    {
        int length = 0;
        while (true)
        {
            fixed (byte* buffer = _output)
            {
                nint got = Libc.read(file, buffer + length, _output.Length - length);
                if (got == 0)
                {
                    return length;
                }
                if (got < 0 && Marshal.GetLastPInvokeError() != Libc.Interrupted)
                {
                    throw new BenchFailedException("read: " + Marshal.GetLastPInvokeErrorMessage());
                }
                length += (int)Math.Max(got, 0);
            }
        }
    }

    private static int Wait(int process)
    {
        int status;
        while (Libc.wait4(process, &status, 0, null) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                throw new BenchFailedException("wait4: " + Marshal.GetLastPInvokeErrorMessage());
            }
        }
        return status;
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new BenchFailedException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
