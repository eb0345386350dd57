using CodeExec.Linux;
using CodeExec.Runner.Cases;

namespace CodeExec.Runner.Hosting;

/// <summary>Both ways between this runner and its host: events out, and a stop in.</summary>
internal sealed class HostLink
{
    /// <summary>How many poll entries <see cref="FillEntries"/> fills.</summary>
    public const int EntryCount = 3;

    private static readonly TimeSpan LookAtCopyEvery = TimeSpan.FromSeconds(1);

    private HostInput? _input;
    private readonly HostOutput _output;

    /// <param name="input">Null when nobody speaks to this runner: the job came in a file.</param>
    /// <param name="said">How many events the host has had of this container.</param>
    public HostLink(HostInput? input, HostOutput output, long said = 0)
    {
        _input = input;
        _output = output;
        Events = new EventWriter(output, said);
        _output.Descriptor.SetNonBlocking();
    }

    public EventWriter Events { get; }

    /// <summary>The host wants everything ended now, or is gone.</summary>
    public bool StopRequested { get; private set; }

    public bool IsBehind => _output.IsBehind;

    /// <summary>What the job's live case reads.</summary>
    public StdinBuffer LiveStdin => _input?.LiveStdin ?? StdinBuffer.Of([]);

    /// <summary>The host speaks through somebody in this container.</summary>
    public bool HearsFromInside { get; private set; }

    /// <summary>Commands come through this pipe.</summary>
    public void ListenTo(HostInput pipe)
    {
        _input = pipe;
        HearsFromInside = true;
    }

    /// <summary>From now on, all events go there as well. Who does not take them holds programs up, as a slow host does.</summary>
    public void CopyTo(FileDescriptor copy) => _output.CopyTo(copy);

    public void TakeWhatCameWithTheJob() => StopRequested |= _input?.TakeCommands() == true;

    public void FillEntries(Span<PollEntry> entries)
    {
        Flush();
        entries[0] = _input is { } input && !StopRequested ? input.Entry : new PollEntry(-1, PollEvents.None);
        _output.FillEntries(entries[1..EntryCount]);
    }

    public void Handle(ReadOnlySpan<PollEntry> entries)
    {
        if (entries[1].Happened != PollEvents.None || entries[2].Happened != PollEvents.None)
        {
            Flush();
        }

        if (entries[0].Happened != PollEvents.None && _input is { } input)
        {
            StopRequested |= input.ReadStop();
        }
    }

    public void WaitWhileBehind()
    {
        while (IsBehind && !StopRequested)
        {
            Wait(timeout: null);
        }
    }

    /// <summary>Waits for the host to take everything, but for a host that stopped us no longer than <paramref name="patience"/>.</summary>
    public void FlushAll(TimeSpan patience)
    {
        Flush();
        TimeSpan? deadline = null;
        while (_output.HasPending)
        {
            deadline ??= StopRequested ? MonotonicClock.Now + patience : null;
            TimeSpan? timeout = deadline - MonotonicClock.Now;
            if (timeout <= TimeSpan.Zero)
            {
                return;
            }

            Wait(timeout);
        }
    }

    /// <summary>Sends what the host takes now.</summary>
    public void Flush()
    {
        _output.Flush();
        StopRequested |= _output.IsClosed;
    }

    private void Wait(TimeSpan? timeout)
    {
        Span<PollEntry> entries = stackalloc PollEntry[EntryCount];
        FillEntries(entries);
        if (!_output.HasPending)
        {
            return; // the host took it all just now: there is nothing to wait for
        }

        Poll.Wait(entries, _output.HasCopy && !(timeout < LookAtCopyEvery) ? LookAtCopyEvery : timeout);
        Handle(entries);
    }
}
