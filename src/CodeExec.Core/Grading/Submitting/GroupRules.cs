using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Scoring;

namespace CodeExec.Core.Grading.Submitting;

/// <summary>Groups depend on groups that exist, and never in a ring.</summary>
internal static class GroupRules
{
    public static void CheckDependencies(IReadOnlyList<TestGroup> groups, Mistakes mistakes)
    {
        Dictionary<string, int> index = groups.Select((group, at) => (group.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at, StringComparer.Ordinal);
        bool known = true;
        for (int i = 0; i < groups.Count; i++)
        {
            foreach (string missing in groups[i].DependsOn.Where(id => !index.ContainsKey(id)))
            {
                mistakes.Add($"groups[{i}].dependsOn", $"There is no group {Texts.Quote(missing)} in 'groups'.");
                known = false;
            }
        }

        HashSet<string> settled = new(StringComparer.Ordinal);
        for (int i = 0; known && i < groups.Count; i++)
        {
            if (IsInRing(groups[i], groups, index, [], settled))
            {
                mistakes.Add($"groups[{i}].dependsOn", "The group depends on itself, by way of others or at once.");
                return;
            }
        }
    }

    private static bool IsInRing(TestGroup group, IReadOnlyList<TestGroup> groups, Dictionary<string, int> index, HashSet<string> path, HashSet<string> settled)
    {
        if (settled.Contains(group.Id))
        {
            return false;
        }

        if (!path.Add(group.Id))
        {
            return true;
        }

        bool ring = group.DependsOn.Any(id => IsInRing(groups[index[id]], groups, index, path, settled));
        path.Remove(group.Id);
        settled.Add(group.Id);
        return ring;
    }
}
