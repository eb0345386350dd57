using CodeExec.Contracts.Time;
using CodeExec.Core.Grading.Interacting;

namespace CodeExec.Core.Tests.Grading.Interacting;

public sealed class InteractionClockTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly InteractionClock _turns;

    public InteractionClockTests() => _turns = new InteractionClock(_time, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(10));

    [Fact]
    public void Look_NobodyHasSpoken_IsTheProgramsTurn()
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(_turns.Look().Late);

        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(Speaker.Program, _turns.Look().Late);
    }

    [Fact]
    public void Look_InteractorOwesAnAnswer_ProgramsTimeStandsStill()
    {
        _turns.Spoke(Speaker.Program);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(_turns.Look().Late);
        Assert.Equal(TimeSpan.Zero, _turns.UsedByProgram);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Speaker.Interactor, _turns.Look().Late);
    }

    [Fact]
    public void Look_ProgramsTurnsTogetherAreTooLong_ProgramIsLate()
    {
        for (int i = 0; i < 4; i++)
        {
            Assert.Null(_turns.Look().Late);
            _turns.Spoke(Speaker.Interactor);
            _time.Advance(TimeSpan.FromSeconds(0.9));
            _turns.Spoke(Speaker.Program);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Speaker.Program, _turns.Look().Late);
    }

    [Fact]
    public void Look_HundredThousandShortTurns_AreNobodysTime()
    {
        for (int i = 0; i < 100_000; i++)
        {
            _turns.Spoke(i % 2 == 0 ? Speaker.Program : Speaker.Interactor);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Null(_turns.Look().Late);
        Assert.Equal(TimeSpan.Zero, _turns.UsedByProgram);
    }

    [Fact]
    public void Look_InteractorTakesItsTimeInEachTurn_IsNotLate()
    {
        for (int i = 0; i < 10; i++)
        {
            _turns.Spoke(Speaker.Program);
            _time.Advance(TimeSpan.FromSeconds(9));
            Assert.Null(_turns.Look().Late);
            _turns.Spoke(Speaker.Interactor);
        }

        Assert.InRange(_turns.UsedByProgram, TimeSpan.Zero, TimeSpan.FromMilliseconds(2));
    }
}
