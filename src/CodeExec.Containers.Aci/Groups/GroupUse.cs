using CodeExec.Core.Containers;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>What a deployment of a group took, from when it was asked for: Azure bills from the pull of the image to the end of the container.</summary>
internal sealed record GroupUse(TimeSpan Duration, double VcpuSeconds, double GbSeconds, double Cost)
{
    /// <summary>Of an amount: a second costs some millionths.</summary>
    private const int Digits = 8;

    public RunCost ToCost(string currency) => new(Rounded(VcpuSeconds), Rounded(GbSeconds), Rounded(Cost), currency);

    private static decimal Rounded(double value) => Math.Round((decimal)value, Digits) / 1.000000000000000000000000000000m; // no zeros at its end

    public static GroupUse Of(Group group, AciOptions options, DateTimeOffset until)
    {
        double seconds = Math.Ceiling(Math.Max(0, (until - group.DeployedAt).TotalSeconds)); // billed by whole seconds
        double vcpuSeconds = seconds * options.Cpu;
        double gbSeconds = seconds * Math.Ceiling(options.MemoryGb * 10) / 10; // and tenths of a GB
        double cost = (vcpuSeconds * options.Prices.VcpuSecond) + (gbSeconds * options.Prices.GbSecond);
        return new GroupUse(TimeSpan.FromSeconds(seconds), vcpuSeconds, gbSeconds, options.Spot ? cost * options.Prices.SpotShare : cost);
    }
}
