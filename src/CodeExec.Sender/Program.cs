using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Sender;

// A runner's events come on stdin, after three lines that say where to; docs/runner.md describes it.
bool apart = CurrentProcess.BecomeOwner();
CurrentProcess.ForbidTracing();
using FileDescriptor output = new(1);
output.WriteAll(apart ? SenderAnswers.Apart : SenderAnswers.Ready); // from here on nobody of the programs' user can look into this process: it may be told
using Stream input = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
try
{
    if (LinkLines.Read(input) is not { } link)
    {
        return 0; // the job has none
    }

    using AppendBlob blob = new(new Uri(link.Address));
    using SealedEvents events = new(link.Key);
    Gathering gathering = new(input);
    gathering.Begin();
    new Sending(gathering, blob, events, link.Header).Run();
    return 0;
}
catch (Exception problem) when (problem is SendingException or FormatException or IOException or InvalidDataException)
{
    // Into the container's log, where nobody but the operator looks. Never the link.
    Console.Error.WriteLine($"codeexec-sender: {problem.Message}");
    return 1;
}
