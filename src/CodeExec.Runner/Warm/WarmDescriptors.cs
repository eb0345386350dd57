namespace CodeExec.Runner.Warm;

/// <summary>An interpreter that somebody else has started as a child of this process, and our ends of its pipes.</summary>
internal sealed record WarmDescriptors(int Pid = -1, int Control = -1, int Stdin = -1, int Stdout = -1, int Stderr = -1)
{
    public WarmDescriptors Complete() =>
        Pid > 0 && Control > 2 && Stdin > 2 && Stdout > 2 && Stderr > 2
            ? this
            : throw new OptionsException("--warm-pid, --warm-control, --warm-stdin, --warm-stdout and --warm-stderr go together, with descriptors above 2.");
}
