using System.ComponentModel.DataAnnotations;

namespace CodeExec.Containers.Aci;

/// <summary>What a second costs, in the currency you think in. The defaults are about a cheap region's list prices in dollars; yours are on Azure's price page.</summary>
public sealed class AciPrices
{
    /// <summary>What they are in, as three letters: USD unless set.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "Aci:Prices:Currency must be three letters, like EUR.")]
    public string Currency { get; set; } = "USD";

    /// <summary>Of one vCPU: 0.0000113 unless set.</summary>
    [Range(0, 1000)]
    public double VcpuSecond { get; set; } = 0.0000113;

    /// <summary>Of one GB of memory: 0.0000012 unless set.</summary>
    [Range(0, 1000)]
    public double GbSecond { get; set; } = 0.0000012;

    /// <summary>What part of them a spot group costs: 0 to 1, 0.3 unless set.</summary>
    [Range(0, 1)]
    public double SpotShare { get; set; } = 0.3;
}
