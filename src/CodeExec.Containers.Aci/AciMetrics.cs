using System.Diagnostics.Metrics;
using CodeExec.Containers.Aci.Groups;

namespace CodeExec.Containers.Aci;

/// <summary>What container groups took, for whoever listens to meters.</summary>
internal static class AciMetrics
{
    public const string Name = "CodeExec.Containers.Aci";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<double> VcpuSeconds = Meter.CreateCounter<double>("codeexec.aci.vcpu", "s", "Processor time that container groups were deployed with");
    private static readonly Counter<double> GbSeconds = Meter.CreateCounter<double>("codeexec.aci.memory", "GBs", "Memory that container groups were deployed with, by time");
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("codeexec.aci.cost", null, "What that costs by the prices in the settings");

    public static void Count(GroupUse use)
    {
        VcpuSeconds.Add(use.VcpuSeconds);
        GbSeconds.Add(use.GbSeconds);
        Cost.Add(use.Cost);
    }
}
