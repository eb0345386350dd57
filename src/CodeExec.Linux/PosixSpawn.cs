namespace CodeExec.Linux;

/// <summary>
/// Starts programs by posix_spawn: no copy of the caller's memory, and no thread of it is stopped for longer than the exec takes.
/// The caller reaps the child (<see cref="ChildProcesses"/>). Needs glibc 2.34.
/// </summary>
public static unsafe class PosixSpawn
{
    private const int OpaqueSize = 512; // posix_spawnattr_t has 336 bytes in glibc, the file actions 80
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short SetSession = 0x80;

    /// <summary>The pid. Returns once the exec has succeeded.</summary>
    /// <exception cref="LinuxException">Nothing was started; the error is the exec's, if it came so far.</exception>
    public static int Start(SpawnRequest request)
    {
        byte* actions = stackalloc byte[OpaqueSize];
        byte* attributes = stackalloc byte[OpaqueSize];
        List<FileDescriptor> moved = [];
        Check("posix_spawn_file_actions_init", Libc.SpawnActionsInit(actions));
        Check("posix_spawnattr_init", Libc.SpawnAttributesInit(attributes));
        try
        {
            AddDescriptors(actions, request.Descriptors, moved);
            if (request.WorkingDirectory is { } directory)
            {
                Check("posix_spawn_file_actions_addchdir_np", Libc.SpawnActionsAddChdir(actions, directory));
            }

            SetAttributes(attributes, request.NewSession);
            using Utf8Strings arguments = new(request.Arguments);
            using Utf8Strings environment = new(request.Environment);
            int pid;
            int error = Libc.Spawn(&pid, request.Path, actions, attributes, arguments.Pointers, environment.Pointers);
            return error == 0 ? pid : throw new LinuxException("exec", error, request.Path);
        }
        finally
        {
            _ = Libc.SpawnActionsDestroy(actions);
            _ = Libc.SpawnAttributesDestroy(attributes);
            foreach (FileDescriptor descriptor in moved)
            {
                descriptor.Dispose();
            }
        }
    }

    private static void AddDescriptors(byte* actions, IReadOnlyList<(int ChildDescriptor, FileDescriptor Source)> descriptors, List<FileDescriptor> moved)
    {
        int highest = -1;
        foreach ((int childDescriptor, _) in descriptors)
        {
            highest = Math.Max(highest, childDescriptor);
        }

        foreach ((int childDescriptor, FileDescriptor source) in descriptors)
        {
            int from = source.Value;
            if (from <= highest && from != childDescriptor)
            {
                // An earlier dup2 could overwrite it before its turn comes.
                moved.Add(source.Duplicate(highest + 1));
                from = moved[^1].Value;
            }

            Check("posix_spawn_file_actions_adddup2", Libc.SpawnActionsAddDup2(actions, from, childDescriptor));
        }

        CloseOthers(actions, highest, descriptors);
    }

    /// <summary>Whatever this process itself was given by its parent, and does not know of, is not for the child.</summary>
    private static void CloseOthers(byte* actions, int highest, IReadOnlyList<(int ChildDescriptor, FileDescriptor Source)> descriptors)
    {
        const int FirstAfterStandardStreams = 3;
        for (int descriptor = FirstAfterStandardStreams; descriptor < highest; descriptor++)
        {
            if (!descriptors.Any(given => given.ChildDescriptor == descriptor))
            {
                Check("posix_spawn_file_actions_addclose", Libc.SpawnActionsAddClose(actions, descriptor));
            }
        }

        Check("posix_spawn_file_actions_addclosefrom_np", Libc.SpawnActionsAddCloseFrom(actions, Math.Max(highest + 1, FirstAfterStandardStreams)));
    }

    private static void SetAttributes(byte* attributes, bool newSession)
    {
        const int SignalSetSize = 128;
        byte* signals = stackalloc byte[SignalSetSize];
        new Span<byte>(signals, SignalSetSize).Clear();
        Check("posix_spawnattr_setsigmask", Libc.SpawnAttributesSetSignalMask(attributes, signals));
        new Span<byte>(signals, SignalSetSize).Fill(0xff);
        Check("posix_spawnattr_setsigdefault", Libc.SpawnAttributesSetSignalDefault(attributes, signals));
        short flags = (short)(SetSignalDefaults | SetSignalMask | (newSession ? SetSession : 0));
        Check("posix_spawnattr_setflags", Libc.SpawnAttributesSetFlags(attributes, flags));
    }

    private static void Check(string call, int error)
    {
        if (error != 0)
        {
            throw new LinuxException(call, error);
        }
    }
}
