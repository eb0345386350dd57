namespace CodeExec.Core.Grading.Interacting;

/// <summary>
/// Whose turn it is, and what of its time each side has used. The program's clock stands still from the moment it has spoken until it is
/// answered: the interactor's time is not its time. Nor is ours, which is the beginning of each turn. It begins, for it may have to speak first.
/// </summary>
internal sealed class InteractionClock(TimeProvider time, TimeSpan ofProgram, TimeSpan ofInteractor)
{
    /// <summary>What was said goes through two runners and this host, and there may be a hundred thousand turns.</summary>
    private static readonly TimeSpan ToBeHeard = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private long _since = time.GetTimestamp();
    private TimeSpan _usedByProgram;
    private TimeSpan _usedByInteractor;
    private TimeSpan _free = ToBeHeard;
    private Speaker _turn = Speaker.Program;

    public TimeSpan OfInteractor { get; } = ofInteractor;

    public TimeSpan UsedByProgram
    {
        get
        {
            lock (_gate)
            {
                Count();
                return _usedByProgram;
            }
        }
    }

    /// <summary>Now the other one has its turn.</summary>
    public void Spoke(Speaker speaker)
    {
        lock (_gate)
        {
            Speaker next = speaker == Speaker.Program ? Speaker.Interactor : Speaker.Program;
            if (_turn != next)
            {
                Count();
                _turn = next;
                _free = ToBeHeard;
            }
        }
    }

    /// <summary>Who has let its time run out; else how long it will take at the least.</summary>
    public (Speaker? Late, TimeSpan Wait) Look()
    {
        lock (_gate)
        {
            Count();
            TimeSpan program = ofProgram - _usedByProgram, interactor = OfInteractor - _usedByInteractor;
            return program <= TimeSpan.Zero ? (Speaker.Program, default)
                : interactor <= TimeSpan.Zero ? (Speaker.Interactor, default)
                : (null, program < interactor ? program : interactor);
        }
    }

    private void Count()
    {
        long now = time.GetTimestamp();
        TimeSpan passed = time.GetElapsedTime(_since, now);
        _since = now;
        TimeSpan free = passed < _free ? passed : _free;
        _free -= free;
        passed -= free;
        _ = _turn == Speaker.Program ? _usedByProgram += passed : _usedByInteractor += passed;
    }
}

internal enum Speaker
{
    Program,
    Interactor,
}
