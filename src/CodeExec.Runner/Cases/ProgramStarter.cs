using CodeExec.Linux;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Processes;
using CodeExec.Runner.Protection;

namespace CodeExec.Runner.Cases;

/// <summary>Starts a case's program with three new pipes and nothing else open.</summary>
internal sealed class ProgramStarter(string workspacePath, LinuxDirectory workspace, OomPreference oom)
{
    /// <exception cref="StartFailedException">The program can not be started: the user's affair.</exception>
    public ProgramEnds Start(ProgramSpec program, ProgramLimits limits, CaseMark mark)
    {
        string command = program.Command[0];
        string path = CommandPath.Find(command, program.Environment, workspace)
            ?? throw StartFailedException.NotFound(command);
        using Pipe stdin = Pipe.Create();
        using Pipe stdout = Pipe.Create();
        using Pipe stderr = Pipe.Create();
        SpawnRequest request = new()
        {
            Path = path,
            Arguments = program.AllArguments(),
            Environment = program.EnvironmentBlock(),
            WorkingDirectory = workspacePath,
            Descriptors = [(0, stdin.ReadEnd), (1, stdout.WriteEnd), (2, stderr.WriteEnd)],
        };

        int pid;
        try
        {
            using (oom.ForNewPrograms())
            {
                pid = limits.Start(request, mark);
            }
        }
        catch (LinuxException error) when (StartFailedException.Explain(error, command) is { } explained)
        {
            throw explained;
        }

        return new ProgramEnds(
            pid,
            new FileDescriptor(stdin.WriteEnd.Detach()),
            new FileDescriptor(stdout.ReadEnd.Detach()),
            new FileDescriptor(stderr.ReadEnd.Detach()));
    }
}
