using System.ComponentModel.DataAnnotations;

namespace CodeExec.Containers.Aci;

/// <summary>A region that groups are made in. A subnet is in one region, so each has its own.</summary>
public sealed class AciRegion
{
    /// <summary>As Azure names it: westeurope.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The resource id of the delegated subnet that lets nothing out: where executions without a network run.</summary>
    public string? ClosedSubnet { get; set; }

    /// <summary>The resource id of the delegated subnet of executions that ask for a network. Without it they are refused: what it can reach is for its maker to fence.</summary>
    public string? OpenSubnet { get; set; }
}
