using System.Globalization;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Warm;

namespace CodeExec.Runner;

/// <summary>The runner's command line; docs/runner.md describes it.</summary>
internal sealed record RunnerOptions
{
    public bool ShowVersion { get; private set; }

    public string Workspace { get; private set; } = "/workspace";

    /// <summary>Null: the job comes on stdin.</summary>
    public string? JobFile { get; private set; }

    /// <summary>The program that a job's link is for. Null: there is none, and links are passed over.</summary>
    public string? Sender { get; private set; }

    /// <summary>A FIFO that the job comes through, and then what a live case reads.</summary>
    public string? Pipe { get; private set; }

    /// <summary>Null: /tmp and /dev/shm, if this is the first process of a container.</summary>
    public List<string>? TemporaryDirectories { get; private set; }

    public CgroupDescriptors? Cgroup { get; private set; }

    /// <summary>How many events somebody else has written for this container already, "ready" among them.</summary>
    public int Said { get; private set; }

    /// <summary>A socket on which forked cells arrive that this process is to follow. Null: it is the runner of one container.</summary>
    public int? Attend { get; private set; }

    public WarmDescriptors? WarmProcess { get; private set; }

    /// <summary>A command to start as the waiting interpreter.</summary>
    public IReadOnlyList<string>? WarmCommand { get; private set; }

    public static RunnerOptions Parse(IReadOnlyList<string> arguments)
    {
        RunnerOptions options = new();
        WarmDescriptors warm = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            if (name == "--version")
            {
                options.ShowVersion = true;
                continue;
            }

            if (name == "--warm")
            {
                options.WarmCommand = CommandAfter(arguments, i);
                break;
            }

            string value = ++i < arguments.Count ? arguments[i] : throw new OptionsException($"{name} needs a value.");
            switch (name)
            {
                case "--workspace": options.Workspace = value; break;
                case "--job": options.JobFile = value; break;
                case "--pipe": options.Pipe = value; break;
                case "--sender": options.Sender = value; break;
                case "--tmp": (options.TemporaryDirectories ??= []).Add(value); break;
                case "--cgroup": options.Cgroup = CgroupDescriptors.Parse(value); break;
                case "--said": options.Said = Number(name, value); break;
                case "--attend": options.Attend = Number(name, value); break;
                case "--warm-pid": warm = warm with { Pid = Number(name, value) }; break;
                case "--warm-control": warm = warm with { Control = Number(name, value) }; break;
                case "--warm-stdin": warm = warm with { Stdin = Number(name, value) }; break;
                case "--warm-stdout": warm = warm with { Stdout = Number(name, value) }; break;
                case "--warm-stderr": warm = warm with { Stderr = Number(name, value) }; break;
                default: throw new OptionsException($"{name} is not an option of this program.");
            }
        }

        options.WarmProcess = warm == new WarmDescriptors() ? null : warm.Complete();
        return options;
    }

    public static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new OptionsException($"{name} takes a number, not '{value}'.");

    private static List<string> CommandAfter(IReadOnlyList<string> arguments, int at)
    {
        List<string> command = [.. arguments.Skip(at + 1)];
        return command is ["--", _, ..]
            ? command[1..]
            : throw new OptionsException("--warm takes '--' and a command, and is the last option.");
    }
}
