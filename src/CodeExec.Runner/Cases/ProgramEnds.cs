using CodeExec.Linux;

namespace CodeExec.Runner.Cases;

/// <summary>A program that has been started, and our ends of its pipes.</summary>
/// <param name="CpuBefore">What it had used before its case began.</param>
internal sealed record ProgramEnds(int Pid, FileDescriptor Stdin, FileDescriptor Stdout, FileDescriptor Stderr, TimeSpan CpuBefore = default);
