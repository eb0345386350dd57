namespace CodeExec.Core.Containers.Pool;

/// <summary>The ready containers of one kind.</summary>
internal sealed class Shelf(IContainerProvider provider, ContainerSpec spec, Demand demand)
{
    public IContainerProvider Provider { get; } = provider;

    public ContainerSpec Spec { get; } = spec;

    public Demand Demand { get; } = demand;

    public Queue<IContainer> Ready { get; } = new();

    public int Making { get; set; }

    /// <summary>Whether the next one need not be made at once: the request that took the last one runs just now, and would share the processors with the making.</summary>
    public bool CanWait => Provider.MakingIsDear && Ready.Count > 0;

    /// <summary>After a failure nothing is made for a while: no hot loop.</summary>
    public DateTimeOffset NotBefore { get; set; }

    public IContainer? TakeReady()
    {
        while (Ready.TryDequeue(out IContainer? container))
        {
            if (container.IsAlive)
            {
                return container;
            }

            _ = Task.Run(async () => await container.DisposeAsync());
        }

        return null;
    }

    public List<IContainer> TakeDead()
    {
        List<IContainer> all = [.. Ready];
        Ready.Clear();
        all.Where(c => c.IsAlive).ToList().ForEach(Ready.Enqueue);
        return [.. all.Where(c => !c.IsAlive)];
    }
}
