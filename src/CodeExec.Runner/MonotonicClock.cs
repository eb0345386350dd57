using System.Diagnostics;

namespace CodeExec.Runner;

/// <summary>CLOCK_MONOTONIC: limits and measured times must not move with the wall clock.</summary>
internal static class MonotonicClock
{
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);
}
