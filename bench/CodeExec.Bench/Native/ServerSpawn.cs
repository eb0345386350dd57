using System.Collections;
using System.Runtime.InteropServices;

namespace CodeExec.Bench.Native;

/// <summary>Starts and ends a process that is not ours to wait in: in a session of its own, its output in a file.</summary>
internal static unsafe class ServerSpawn
{
    private const int DoNotWait = 1;

    /// <returns>Its process id.</returns>
    public static int Start(IReadOnlyList<string> command, string folder, string log)
    {
        using NativeStrings arguments = new(command);
        using NativeStrings environment = new([.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}")]);
        using NativeStrings places = new([folder, "/dev/null", log]);
        byte* actions = stackalloc byte[Libc.OpaqueBytes];
        byte* attributes = stackalloc byte[Libc.OpaqueBytes];
        Check(Libc.posix_spawn_file_actions_init(actions));
        Check(Libc.posix_spawn_file_actions_addchdir_np(actions, places[0]));
        Check(Libc.posix_spawn_file_actions_addopen(actions, 0, places[1], 0, 0));
        Check(Libc.posix_spawn_file_actions_addopen(actions, 1, places[2], Libc.WriteOnly | Libc.Create | Libc.Truncate, 0x1a4));
        Check(Libc.posix_spawn_file_actions_adddup2(actions, 1, 2));
        Check(Libc.posix_spawnattr_init(attributes));
        Check(Libc.posix_spawnattr_setflags(attributes, Libc.SpawnInNewSession));
        int process = 0;
        Check(Libc.posix_spawn(&process, arguments[0], actions, attributes, arguments.Pointers, environment.Pointers));
        Check(Libc.posix_spawn_file_actions_destroy(actions));
        Check(Libc.posix_spawnattr_destroy(attributes));
        return process;
    }

    public static void Signal(int process, int signal) => _ = Libc.kill(process, signal); // one that is gone needs no signal

    /// <summary>Whether it has ended; asked until it has, for that also clears it away.</summary>
    public static bool HasEnded(int process)
    {
        int status;
        return Libc.wait4(process, &status, DoNotWait, null) != 0;
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new BenchFailedException($"The server could not be started: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }
}
