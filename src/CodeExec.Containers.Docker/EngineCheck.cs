using CodeExec.Containers.Docker.Engine;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Docker;

/// <summary>Whether an engine can enforce what containers need. What it can not is said, never done without.</summary>
internal static class EngineCheck
{
    public static ProviderHealth Of(EngineInfo info)
    {
        List<string> missing = [];
        if (!(info.SecurityOptions ?? []).Any(option => option.StartsWith("name=seccomp", StringComparison.Ordinal)))
        {
            missing.Add("system call filters (seccomp)");
        }

        if (!info.MemoryLimit)
        {
            missing.Add("memory limits");
        }

        if (!info.PidsLimit)
        {
            missing.Add("limits of processes");
        }

        if (missing.Count > 0)
        {
            return new ProviderHealth($"This Docker engine ({info.ServerVersion}) has no {string.Join(" and no ", missing)}: `docker info` shows it, its kernel's settings decide it. Nothing is run with less.", []);
        }

        List<string> weaknesses = [];
        if (!info.SwapLimit)
        {
            weaknesses.Add("The engine can not limit swap: where the machine has any, a program may use it beyond its memory limit.");
        }

        if (!info.CpuCfsQuota)
        {
            weaknesses.Add("The engine can not limit processors: a program may use all of them.");
        }

        return new ProviderHealth(null, weaknesses);
    }
}
