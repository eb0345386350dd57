using CodeExec.Core.Attempts.Submitting;

namespace CodeExec.Core.Tests.Attempts;

public sealed class IsoDurationTests
{
    [Theory]
    [InlineData("PT1H", 3600)]
    [InlineData("PT30S", 30)]
    [InlineData("P1D", 86400)]
    [InlineData("P1DT12H5M1S", 129901)]
    [InlineData("P2W", 1209600)]
    [InlineData("PT90M", 5400)]
    public void TryParse_OfADuration_IsItsLength(string text, int seconds)
    {
        Assert.True(IsoDuration.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
        Assert.True(IsoDuration.TryParse(IsoDuration.Text(duration), out TimeSpan again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("PT1.5S")]
    [InlineData("-PT1H")]
    [InlineData("1h")]
    [InlineData("PT1H\n")]
    [InlineData("PT99999999999999999999S")]
    public void TryParse_OfAnythingElse_IsNone(string text) => Assert.False(IsoDuration.TryParse(text, out _));
}
