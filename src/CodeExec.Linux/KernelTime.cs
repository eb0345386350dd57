namespace CodeExec.Linux;

/// <summary>struct timespec.</summary>
internal struct KernelTime
{
    public long Seconds;
    public long Nanoseconds;

    public readonly TimeSpan ToTimeSpan() =>
        new((Seconds * TimeSpan.TicksPerSecond) + (Nanoseconds / TimeSpan.NanosecondsPerTick));
}
