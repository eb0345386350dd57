using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Tests.Problems;

public sealed class PromiseTests
{
    [Theory]
    [InlineData("accepted", "accepted accepted", true)]
    [InlineData("accepted", "accepted skipped", true)]
    [InlineData("accepted", "accepted wrongAnswer", false)]
    [InlineData("accepted", "skipped", false)]
    [InlineData("main", "accepted", true)]
    [InlineData("wrong-answer", "accepted wrongAnswer", true)]
    [InlineData("wrong_answer", "presentationError", true)]
    [InlineData("wrongAnswer", "accepted", false)]
    [InlineData("wrong-answer", "wrongAnswer timeLimit", false)]
    [InlineData("time-limit-exceeded", "timeLimit accepted", true)]
    [InlineData("time-limit-exceeded", "accepted", false)]
    [InlineData("time-limit-exceeded-or-accepted", "accepted", true)]
    [InlineData("time-limit-exceeded-or-accepted", "timeLimit", true)]
    [InlineData("time-limit-exceeded-or-accepted", "wrongAnswer", false)]
    [InlineData("time-limit-exceeded-or-memory-limit-exceeded", "memoryLimit", true)]
    [InlineData("run_time_error", "runtimeError", true)]
    [InlineData("RUN-ERROR,WRONG-ANSWER", "wrongAnswer accepted", true)]
    [InlineData("rejected", "memoryLimit wrongAnswer", true)]
    [InlineData("rejected", "accepted", false)]
    [InlineData("rejected", "checkerError", false)]
    public void IsKept_WhatTestsCameTo_IsComparedWithWhatWasSaid(string said, string verdicts, bool kept)
    {
        Assert.True(Promise.TryRead(said.Split(','), out Promise? promise));

        Assert.Equal(kept, promise.IsKept([.. verdicts.Split(' ').Select(verdict => Enum.Parse<Verdict>(verdict, ignoreCase: true))]));
    }

    [Fact]
    public void TryRead_NothingSaid_IsAccepted()
    {
        Assert.True(Promise.TryRead(null, out Promise? promise));
        Assert.True(promise.IsRight);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fine")]
    [InlineData("skipped")]
    public void TryRead_WhatNobodyKnows_IsRefused(string said) => Assert.False(Promise.TryRead([said], out _));
}
