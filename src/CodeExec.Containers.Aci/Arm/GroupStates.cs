using Azure.ResourceManager.ContainerInstance;
using Azure.ResourceManager.ContainerInstance.Models;

namespace CodeExec.Containers.Aci.Arm;

internal static class GroupStates
{
    public static GroupState Of(ContainerGroupData data)
    {
        ContainerInstanceView? view = data.Containers.FirstOrDefault(container => container.Name == ArmGroups.Container)?.InstanceView;
        ContainerState? now = view?.CurrentState;
        IEnumerable<ContainerEvent> events = [.. data.InstanceView?.Events ?? [], .. view?.Events ?? []];
        return new GroupState(
            data.Name, data.Location.Name, new Dictionary<string, string>(data.Tags), data.ProvisioningState, data.InstanceView?.State,
            now?.State, now?.ExitCode, now?.DetailStatus, view?.RestartCount ?? 0, now?.StartOn, now?.FinishOn,
            events.LastOrDefault(happened => string.Equals(happened.EventType, "Warning", StringComparison.OrdinalIgnoreCase))?.Message);
    }
}
