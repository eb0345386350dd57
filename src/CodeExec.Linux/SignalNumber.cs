namespace CodeExec.Linux;

/// <summary>The signals this code names.</summary>
public static class SignalNumber
{
    public const int Kill = 9;
    public const int SegmentationFault = 11;
    public const int Pipe = 13;
    public const int Terminate = 15;
    public const int Child = 17;
    public const int Stop = 19;
    public const int CpuTimeExceeded = 24;
    public const int FileSizeExceeded = 25;
    public const int Last = 64;
}
