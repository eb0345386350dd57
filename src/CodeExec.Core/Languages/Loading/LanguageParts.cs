using System.Text.RegularExpressions;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Languages.Loading;

/// <summary>The parts of a language file, one method each.</summary>
internal static class LanguageParts
{
    public static IReadOnlyList<string> Extensions(MemberReader members)
    {
        IReadOnlyList<string> extensions = members.Texts("extensions");
        return extensions.All(extension => extension.StartsWith('.') && extension.Length > 1)
            ? extensions
            : members.Wrong("extensions", "must each start with a dot, like \".py\"", extensions);
    }

    public static EntryRule Entry(MemberReader members)
    {
        if (members.Object("entry") is not { } entry)
        {
            return new EntryRule("");
        }

        string fileName = entry.Text("fileName");
        if (!IsPlain(fileName))
        {
            entry.Wrong("fileName", "must be a plain file name, without folders", 0);
        }

        ClassRule? classes = Classes(entry.OptionalObject("classes"));
        entry.RefuseOthers();
        return new EntryRule(fileName, classes);
    }

    private static ClassRule? Classes(MemberReader? members)
    {
        if (members is null)
        {
            return null;
        }

        ClassRule rule = new(members.OptionalPattern("ignore"), members.OptionalPattern("package", "name"), members.Pattern("declaration", "name"), members.Pattern("main"));
        members.RefuseOthers();
        return rule;
    }

    public static LanguageVersion Version(MemberReader members)
    {
        LanguageVersion version = new(members.Text("id"))
        {
            Aliases = members.OptionalTexts("aliases"),
            Arguments = members.OptionalTexts("arguments"),
            IsDefault = members.OptionalBoolean("default"),
        };
        members.RefuseOthers();
        return version;
    }

    public static ToolchainDetection Detection(MemberReader members)
    {
        if (members.Object("detect") is not { } detect)
        {
            return new ToolchainDetection([], new Regex(""));
        }

        ToolchainDetection detection = new(detect.Texts("command"), detect.Pattern("pattern", "version"));
        detect.RefuseOthers();
        return detection.Command.Count > 0 ? detection : detect.Wrong("command", "needs at least the program", detection);
    }

    public static ToolchainInstall Install(MemberReader members)
    {
        if (members.Object("install") is not { } install)
        {
            return new ToolchainInstall([], "");
        }

        ToolchainInstall read = new(install.OptionalTexts("apt"), install.OptionalText("hint"));
        install.RefuseOthers();
        return read.AptPackages.Count > 0 || read.Hint is not null ? read : install.Wrong("apt", "is missing; name packages here, or say in \"hint\" what to do", read);
    }

    public static LanguageCommand? Command(MemberReader? members, bool isCompile)
    {
        if (members is null)
        {
            return null;
        }

        CommandTemplate? template = CommandTemplate.Parse(members.Texts("command"), out IReadOnlyList<string> wrong);
        foreach (string mistake in wrong)
        {
            members.Wrong("command", mistake, 0);
        }

        IReadOnlyDictionary<string, string> environment = members.OptionalTextsByName("environment");
        IReadOnlyList<string> keep = isCompile ? members.Texts("keep") : [];
        StackArguments? stack = Stack(members.OptionalObject("stack"));
        if (template?.Uses("stackArgs") is { } uses && uses != stack is not null)
        {
            members.Wrong("stack", uses ? "is missing; {stackArgs} stands for its arguments" : "is of no use without {stackArgs} in the command", 0);
        }

        members.RefuseOthers();
        return template is null ? null : new LanguageCommand(template) { Environment = environment, Keep = keep, Stack = stack };
    }

    private static StackArguments? Stack(MemberReader? members)
    {
        if (members is null)
        {
            return null;
        }

        StackArguments stack = new(members.Texts("arguments"), members.Positive("leastKb"), members.OptionalPositive("mostKb") ?? int.MaxValue, members.OptionalPositive("leaveKb") ?? 0);
        members.RefuseOthers();
        return !stack.Arguments.Any(argument => argument.Contains(StackArguments.Placeholder, StringComparison.Ordinal)) ? members.Wrong("arguments", "must have {stackKb} in one of them", stack)
            : stack.MostKb < stack.LeastKb ? members.Wrong("mostKb", "must not be less than leastKb", stack)
            : stack;
    }

    public static ResourceLimits CompileLimits(MemberReader members)
        => members.OptionalObject("compile") is null
            ? StandardCompileLimits
            : Limits(members.Object("compileLimits"));

    /// <summary>For languages that do not compile: every execution has both kinds of limits.</summary>
    private static ResourceLimits StandardCompileLimits { get; }
        = new() { WallTimeMs = 30_000, CpuTimeMs = 30_000, MemoryMb = 1024, Processes = 64, OutputKb = 1024, WorkspaceMb = 64 };

    public static ResourceLimits Limits(MemberReader? members)
    {
        if (members is null)
        {
            return StandardCompileLimits;
        }

        ResourceLimits limits = new()
        {
            WallTimeMs = members.Positive("wallTimeMs"),
            CpuTimeMs = members.Positive("cpuTimeMs"),
            MemoryMb = members.Positive("memoryMb"),
            Processes = members.Positive("processes"),
            OutputKb = members.Positive("outputKb"),
            WorkspaceMb = members.Positive("workspaceMb"),
            StackKb = members.OptionalPositive("stackKb"),
            FileSizeKb = members.OptionalPositive("fileSizeKb"),
            OpenFiles = members.OptionalPositive("openFiles"),
            Cpus = members.OptionalPositiveNumber("cpus"),
            GraceMs = members.OptionalPositive("graceMs") ?? 0,
        };
        members.RefuseOthers();
        return limits;
    }

    public static LanguageWarmUp? WarmUp(MemberReader? members)
    {
        if (members is null)
        {
            return null;
        }

        HoldKind kind = members.Text("kind") switch
        {
            "start" => HoldKind.Start,
            "fork" => HoldKind.Fork,
            _ => members.Wrong("kind", "must be \"start\" or \"fork\"; leave warmUp out for none", HoldKind.Start),
        };
        LanguageWarmUp read = new(kind, members.OptionalTexts("coldWhenEnv"));
        members.RefuseOthers();
        return read;
    }

    public static FailurePattern? Failure(MemberReader members)
    {
        if (members.OptionalPattern("failure", "type") is not { } pattern)
        {
            return null;
        }

        try
        {
            return new FailurePattern(pattern.ToString());
        }
        catch (NotSupportedException)
        {
            return members.Wrong<FailurePattern?>("failure", "may not look around or back: strangers' programs write what it reads", null);
        }
    }

    public static IReadOnlyList<string> Paths(MemberReader members)
    {
        IReadOnlyList<string> paths = members.OptionalTexts("readOnlyPaths");
        return paths.All(path => path.StartsWith('/') && !path.Split('/').Contains(".."))
            ? paths
            : members.Wrong("readOnlyPaths", "must be absolute paths", paths);
    }

    public static bool IsInside(string path) => !Path.IsPathRooted(path) && !path.Split('/').Contains("..");

    private static bool IsPlain(string fileName) => IsInside(fileName) && !fileName.Contains('/');
}
