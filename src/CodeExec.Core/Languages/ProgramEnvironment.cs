using CodeExec.Protocol;

namespace CodeExec.Core.Languages;

/// <summary>What every program sees before its language and its submission add to it. Nothing of the service's own environment.</summary>
public static class ProgramEnvironment
{
    public static IReadOnlyDictionary<string, string> Base { get; } = new Dictionary<string, string>
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = "/workspace",
        ["LANG"] = "C.UTF-8",
        ["CODEEXEC_DISPLAY"] = JobDisplays.UsualFolder,
    };

    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> more)
    {
        ArgumentNullException.ThrowIfNull(more);
        Dictionary<string, string> all = new(Base, StringComparer.Ordinal);
        foreach ((string name, string value) in more)
        {
            all[name] = value;
        }

        return all;
    }
}
