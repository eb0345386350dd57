namespace CodeExec.Core.Grading.Interacting;

/// <summary>
/// Whose turn it is, and for how long. The program has one time for all its turns; it stands still from the moment the program has spoken
/// until it is answered: the interactor's time is not its time. The interactor, which nobody suspects, has its time anew in each turn. What
/// it takes to be heard is ours, and nobody's time. The program begins, for it may have to speak first.
/// </summary>
/// <param name="toBeHeard">What was said goes through two runners and this host, which have others to serve, and there may be a hundred thousand turns.</param>
internal sealed class InteractionClock(TimeProvider time, TimeSpan ofProgram, TimeSpan ofInteractor, TimeSpan toBeHeard)
{
    private readonly Lock _gate = new();
    private Speaker _turn = Speaker.Program;
    private long _since = time.GetTimestamp();
    private TimeSpan _earlierTurns;

    public TimeSpan OfInteractor { get; } = ofInteractor;

    public TimeSpan ToBeHeard { get; } = toBeHeard;

    public TimeSpan UsedByProgram
    {
        get
        {
            lock (_gate)
            {
                return _turn == Speaker.Program ? _earlierTurns + ThisTurn() : _earlierTurns;
            }
        }
    }

    /// <summary>Now the other one has its turn.</summary>
    public void Spoke(Speaker speaker)
    {
        lock (_gate)
        {
            if (_turn == speaker)
            {
                _earlierTurns += speaker == Speaker.Program ? ThisTurn() : TimeSpan.Zero;
                _turn = speaker == Speaker.Program ? Speaker.Interactor : Speaker.Program;
                _since = time.GetTimestamp();
            }
        }
    }

    /// <summary>Who has let its time run out; else how long it will take at the least.</summary>
    public (Speaker? Late, TimeSpan Wait) Look()
    {
        lock (_gate)
        {
            TimeSpan ofThis = ThisTurn(), program = ofProgram - _earlierTurns, interactor = OfInteractor;
            _ = _turn == Speaker.Program ? program -= ofThis : interactor -= ofThis;
            return program <= TimeSpan.Zero ? (Speaker.Program, default)
                : interactor <= TimeSpan.Zero ? (Speaker.Interactor, default)
                : (null, program < interactor ? program : interactor);
        }
    }

    private TimeSpan ThisTurn()
    {
        TimeSpan passed = time.GetElapsedTime(_since) - ToBeHeard;
        return passed > TimeSpan.Zero ? passed : TimeSpan.Zero;
    }
}

internal enum Speaker
{
    Program,
    Interactor,
}
