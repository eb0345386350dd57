using System.Collections.Concurrent;

namespace CodeExec.Engine.Embedded.Instances;

/// <summary>The instances in memory.</summary>
internal sealed class InstanceTable
{
    private readonly ConcurrentDictionary<string, Instance> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Instance> _byNumber = new();

    public int Count => _byId.Count;

    public IEnumerable<Instance> All => _byNumber.Values;

    public Instance? Find(string id) => _byId.GetValueOrDefault(id);

    public Instance? Find(long no) => _byNumber.GetValueOrDefault(no);

    /// <returns>False if the id is in memory already.</returns>
    public bool TryAdd(Instance instance)
    {
        if (!_byId.TryAdd(instance.Id, instance))
        {
            return false;
        }
        _byNumber[instance.Row.No] = instance;
        return true;
    }

    public void Remove(Instance instance)
    {
        _byNumber.TryRemove(new KeyValuePair<long, Instance>(instance.Row.No, instance));
        _byId.TryRemove(new KeyValuePair<string, Instance>(instance.Id, instance));
    }
}
