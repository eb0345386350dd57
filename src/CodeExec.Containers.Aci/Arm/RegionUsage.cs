namespace CodeExec.Containers.Aci.Arm;

/// <param name="Kind">"ContainerGroups", "StandardCores"…</param>
internal sealed record RegionUsage(string Kind, int Used, int Limit);
