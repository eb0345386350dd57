using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Quotas;

/// <summary>In which region the next group is made: the first that has room and the network that is asked for.</summary>
internal sealed class RegionChoice
{
    private readonly AciOptions _options;
    private readonly CreationLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly RegionRoom[] _rooms;

    public RegionChoice(IOptions<AciOptions> options, CreationLedger ledger, TimeProvider clock)
    {
        _options = options.Value;
        _ledger = ledger;
        _clock = clock;
        _rooms = [.. _options.Regions.Select(region => new RegionRoom(region, ledger, _options, clock))];
    }

    /// <summary>How long until a group may be made somewhere; zero: now.</summary>
    public TimeSpan Wait => _rooms.Min(room => room.Wait);

    /// <summary>All regions of this host.</summary>
    public IReadOnlyList<RegionRoom> All => _rooms;

    /// <summary>The region of a group that is there already: perhaps one that this host makes none in any more.</summary>
    public RegionRoom Of(string name)
        => _rooms.FirstOrDefault(room => string.Equals(room.Region.Name, name, StringComparison.OrdinalIgnoreCase)) ?? new RegionRoom(new AciRegion { Name = name }, _ledger, _options, _clock);

    /// <summary>Null if some region has one.</summary>
    public string? WhyNoNetwork => _rooms.Any(room => room.Region.OpenSubnet is not null) ? null
        : "Container groups here have no network: what one could reach is for the operator to fence. Aci:Regions:…:OpenSubnet names a subnet made for that (docs/azure.md).";

    /// <summary>Those that have what a container needs.</summary>
    /// <exception cref="ContainerUnavailableException">None has.</exception>
    public IReadOnlyList<RegionRoom> For(ContainerSpec spec)
    {
        if (spec.Network == NetworkAccess.None)
        {
            return _rooms;
        }

        return WhyNoNetwork is { } whyNot ? throw new ContainerUnavailableException(whyNot) : [.. _rooms.Where(room => room.Region.OpenSubnet is not null)];
    }

    /// <summary>How the groups' isolation is weaker than it could be, by name; null if it is not.</summary>
    public string? WeaknessIn(RegionRoom room, ContainerSpec spec)
    {
        List<string> weak = [];
        if (spec.Network == NetworkAccess.None && room.Region.ClosedSubnet is null)
        {
            weak.Add("without a closed network");
        }

        if (_options.RegistryIdentity is not null)
        {
            weak.Add("with a reachable identity");
        }

        return weak.Count == 0 ? null : $"container groups {string.Join(" and ", weak)}";
    }
}
