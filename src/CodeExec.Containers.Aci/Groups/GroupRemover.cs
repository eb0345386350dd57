using System.Collections.Concurrent;
using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Sending;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>Removes groups. Those that could not be removed are tried again when others are, and at their end by whoever sweeps.</summary>
internal sealed class GroupRemover(ArmGroups arm, SentEvents sent, IOptions<AciOptions> options, TimeProvider clock, ILogger<GroupRemover> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly AciOptions _options = options.Value;
    private readonly ConcurrentDictionary<string, Group> _owed = new(StringComparer.Ordinal);

    /// <summary>Returns when nothing of it is left, or Azure is away.</summary>
    public async Task RemoveAsync(Group group)
    {
        if (await TryRemoveAsync(group.Name))
        {
            group.Room.Leave(group.Name);
        }
        else
        {
            _owed[group.Name] = group;
        }
    }

    /// <summary>Tries again to remove what is owed.</summary>
    public async Task SettleAsync()
    {
        foreach (string name in _owed.Keys)
        {
            if (_owed.TryRemove(name, out Group? group))
            {
                await RemoveAsync(group);
            }
        }
    }

    /// <summary>Removes those of these groups that have outlived their end, whoever made them.</summary>
    /// <returns>How many.</returns>
    public Task<int> RemoveOutlivedAsync(IEnumerable<GroupState> groups)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return RemoveAsync(groups.Where(group => GroupTags.TimeIn(group, GroupTags.Ends) <= now));
    }

    /// <summary>Removes all of these groups that are ours.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveAsync(IEnumerable<GroupState> groups)
    {
        bool[] removed = await Task.WhenAll(groups.Where(group => group.Tags.ContainsKey(GroupTags.Host)).Select(group => TryRemoveAsync(group.Name)));
        return removed.Count(done => done);
    }

    public async Task<bool> TryRemoveAsync(string name)
    {
        // Never the caller's token: what was cancelled is exactly what must still go.
        using CancellationTokenSource deadline = new(Patience, clock);
        try
        {
            await arm.DeleteAsync(name, _options.LookEvery, clock, deadline.Token);
            await sent.TryRemoveAsync(name); // after the group, for it may still have been sending
            return true;
        }
        catch (Exception e) when (e is AciException or OperationCanceledException)
        {
            logger.RemovalOwed(name, e.Message);
            return false;
        }
    }
}
