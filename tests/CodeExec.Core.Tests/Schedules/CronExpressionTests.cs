using System.Globalization;
using CodeExec.Core.Schedules.Cron;

namespace CodeExec.Core.Tests.Schedules;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * *", "2026-01-01 00:00", "2026-01-01 00:01", "2026-01-01 00:02")]
    [InlineData("*/20 * * * *", "2026-01-01 00:00", "2026-01-01 00:20", "2026-01-01 00:40")]
    [InlineData("5,10-12 0 * * *", "2026-01-01 00:05", "2026-01-01 00:10", "2026-01-01 00:11")]
    [InlineData("10-30/15,7 3 * * *", "2026-01-01 03:07", "2026-01-01 03:10", "2026-01-01 03:25")]
    [InlineData("50/4 * * * *", "2026-01-01 00:50", "2026-01-01 00:54", "2026-01-01 00:58")]
    [InlineData("0 22-2 * * *", "2026-01-01 00:00", "2026-01-01 01:00", "2026-01-01 02:00")]
    [InlineData("0 9 * * MON-FRI", "2026-01-01 09:00", "2026-01-02 09:00", "2026-01-05 09:00")]
    [InlineData("0 9 * * fri-mon", "2026-01-02 09:00", "2026-01-03 09:00", "2026-01-04 09:00")]
    [InlineData("0 9 * * 7", "2026-01-04 09:00", "2026-01-11 09:00", "2026-01-18 09:00")]
    [InlineData("0 9 * * 0", "2026-01-04 09:00", "2026-01-11 09:00", "2026-01-18 09:00")]
    [InlineData("0 9 * * 6-7", "2026-01-03 09:00", "2026-01-04 09:00", "2026-01-10 09:00")]
    [InlineData("0 9 * * */3", "2026-01-03 09:00", "2026-01-04 09:00", "2026-01-07 09:00")]
    [InlineData("0 0 1 JAN,jul ?", "2026-01-01 00:00", "2026-07-01 00:00", "2027-01-01 00:00")]
    [InlineData("0 0 1 NOV-FEB *", "2026-01-01 00:00", "2026-02-01 00:00", "2026-11-01 00:00")]
    [InlineData("0 0 31 * *", "2026-01-31 00:00", "2026-03-31 00:00", "2026-05-31 00:00")]
    [InlineData("0 0 29 2 *", "2028-02-29 00:00", "2032-02-29 00:00", "2036-02-29 00:00")]
    [InlineData("0 0 13 * FRI", "2026-01-02 00:00", "2026-01-09 00:00", "2026-01-13 00:00")] // either day
    [InlineData("0 0 */10 * FRI", "2026-05-01 00:00", "2026-07-31 00:00", "2026-08-21 00:00")] // a field that begins with '*' restricts together with the other
    [InlineData("@hourly", "2026-01-01 00:00", "2026-01-01 01:00", "2026-01-01 02:00")]
    [InlineData("@daily", "2026-01-01 00:00", "2026-01-02 00:00", "2026-01-03 00:00")]
    [InlineData("@midnight", "2026-01-01 00:00", "2026-01-02 00:00", "2026-01-03 00:00")]
    [InlineData("@Weekly", "2026-01-04 00:00", "2026-01-11 00:00", "2026-01-18 00:00")]
    [InlineData("@monthly", "2026-01-01 00:00", "2026-02-01 00:00", "2026-03-01 00:00")]
    [InlineData(" @yearly ", "2026-01-01 00:00", "2027-01-01 00:00", "2028-01-01 00:00")]
    [InlineData("@annually", "2026-01-01 00:00", "2027-01-01 00:00", "2028-01-01 00:00")]
    [InlineData("  0\t9  * * *  ", "2026-01-01 09:00", "2026-01-02 09:00", "2026-01-03 09:00")]
    public void LocalTimes_OfAnExpression_AreThoseOfCron(string text, params string[] expected)
        => Assert.Equal(expected, Parse(text).LocalTimes(new DateTime(2026, 1, 1)).Take(3).Select(time => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(null, "five fields")]
    [InlineData("", "five fields")]
    [InlineData("* * * *", "five fields")]
    [InlineData("0 * * * * *", "five fields")]
    [InlineData("60 * * * *", "'60' is nothing for the minute: 0 to 59")]
    [InlineData("* 24 * * *", "the hour")]
    [InlineData("* * 0 * *", "the day of the month")]
    [InlineData("* * * 13 *", "JAN to DEC")]
    [InlineData("* * * MON *", "the month")]
    [InlineData("* * * * 8", "SUN to SAT")]
    [InlineData("* * * * MO", "the day of the week")]
    [InlineData("*/0 * * * *", "'*/0'")]
    [InlineData("*/60 * * * *", "'*/60'")]
    [InlineData("1-2-3 * * * *", "'1-2-3'")]
    [InlineData("1/2/3 * * * *", "'1/2/3'")]
    [InlineData("1, * * * *", "'' is nothing")]
    [InlineData("-1 * * * *", "'-1'")]
    [InlineData("+1 * * * *", "'+1'")]
    [InlineData("1.5 * * * *", "'1.5'")]
    [InlineData("00000001 * * * *", "'00000001'")]
    [InlineData("** * * * *", "'**'")]
    [InlineData("L * * * *", "'L'")]
    [InlineData("@reboot", "@daily")]
    [InlineData("@every 5m", "@daily")]
    [InlineData("0 0 30 2 *", "never comes")]
    [InlineData("0 0 31 4,6,9,11 *", "never comes")]
    public void TryParse_SomethingElse_SaysWhatIsWrong(string? text, string message)
    {
        Assert.False(CronExpression.TryParse(text, out _, out string? mistake));
        Assert.Contains(message, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_VeryLong_IsRefusedShortly()
    {
        Assert.False(CronExpression.TryParse(string.Join(',', Enumerable.Repeat("1", 100_000)) + " * * * *", out _, out string? mistake));
        Assert.InRange(mistake.Length, 1, 300);
    }

    [Fact]
    public void TryParse_AnyText_EitherFitsOrSaysWhatIsWrong()
    {
        Random random = new(20261121);
        const string Letters = "0123456789*/,-? \t@JANMONdaily#LW";
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 24)).Select(_ => Letters[random.Next(Letters.Length)]));
            Assert.Equal(CronExpression.TryParse(text, out CronExpression? read, out string? mistake), mistake is null);
            Assert.Equal(read is null, mistake is not null);
        }
    }

    private static CronExpression Parse(string text)
    {
        Assert.True(CronExpression.TryParse(text, out CronExpression? expression, out string? mistake), mistake);
        return expression;
    }
}
