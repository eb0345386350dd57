using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.ResourceManager.ContainerInstance.Models;
using Azure.ResourceManager.Models;

namespace Azure.ResourceManager.ContainerInstance;

/// <summary>What ARM is asked for.</summary>
internal static class GroupWriter
{
    public static byte[] Write(ContainerGroupData data)
    {
        JsonObject properties = new()
        {
            ["containers"] = Array(data.Containers, ContainerOf),
            ["osType"] = data.OSType.ToString(),
        };
        Set(properties, "restartPolicy", data.RestartPolicy?.ToString());
        Set(properties, "sku", data.Sku?.ToString());
        Set(properties, "priority", data.Priority?.ToString());
        Set(properties, "volumes", Array(data.Volumes, VolumeOf));
        Set(properties, "subnetIds", Array(data.SubnetIds, subnet => With(new() { ["id"] = subnet.Id.ToString() }, "name", subnet.Name)));
        Set(properties, "imageRegistryCredentials", Array(data.ImageRegistryCredentials, CredentialOf));
        JsonObject body = new() { ["location"] = data.Location.Name, ["properties"] = properties };
        Set(body, "tags", data.Tags.Count == 0 ? null : TagsOf(data));
        Set(body, "zones", Array(data.Zones, zone => JsonValue.Create(zone)));
        if (data.Identity is { } identity)
        {
            body["identity"] = new JsonObject
            {
                ["type"] = identity.ManagedServiceIdentityType.ToString(),
                ["userAssignedIdentities"] = new JsonObject(identity.UserAssignedIdentities.Keys.Select(id => KeyValuePair.Create(id.ToString(), (JsonNode)new JsonObject()))),
            };
        }
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    public static byte[] Write(ContainerGroupPatch patch)
    {
        JsonObject body = new() { ["location"] = patch.Location.Name, ["tags"] = TagsOf(patch) };
        Set(body, "zones", Array(patch.Zones, zone => JsonValue.Create(zone)));
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    public static byte[] Write(ContainerExecContent content)
    {
        JsonObject body = new() { ["command"] = content.Command };
        if (content.TerminalSize is { } size)
        {
            body["terminalSize"] = new JsonObject { ["rows"] = size.Rows, ["cols"] = size.Cols };
        }
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static JsonObject TagsOf(TrackedResourceData data) => new(data.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode)tag.Value)));

    private static JsonObject ContainerOf(ContainerInstanceContainer container)
    {
        JsonObject properties = new() { ["image"] = container.Image, ["resources"] = ResourcesOf(container.Resources) };
        Set(properties, "command", Array(container.Command, part => JsonValue.Create(part)));
        Set(properties, "environmentVariables", Array(container.EnvironmentVariables, variable => With(With(new() { ["name"] = variable.Name }, "value", variable.Value), "secureValue", variable.SecureValue)));
        Set(properties, "volumeMounts", Array(container.VolumeMounts, mount => With(new() { ["name"] = mount.Name, ["mountPath"] = mount.MountPath }, "readOnly", mount.IsReadOnly)));
        if (container.SecurityContext is { } security)
        {
            JsonObject context = [];
            Set(context, "privileged", security.IsPrivileged);
            Set(context, "allowPrivilegeEscalation", security.AllowPrivilegeEscalation);
            Set(context, "runAsUser", security.RunAsUser);
            Set(context, "runAsGroup", security.RunAsGroup);
            Set(context, "seccompProfile", security.SeccompProfile);
            if (security.Capabilities is { } capabilities)
            {
                context["capabilities"] = new JsonObject { ["add"] = Array(capabilities.Add, name => JsonValue.Create(name)), ["drop"] = Array(capabilities.Drop, name => JsonValue.Create(name)) };
            }
            properties["securityContext"] = context;
        }
        return new() { ["name"] = container.Name, ["properties"] = properties };
    }

    private static JsonObject ResourcesOf(ContainerResourceRequirements resources)
    {
        JsonObject body = new() { ["requests"] = new JsonObject { ["memoryInGB"] = resources.Requests.MemoryInGB, ["cpu"] = resources.Requests.Cpu } };
        if (resources.Limits is { } limits)
        {
            body["limits"] = With(With([], "memoryInGB", limits.MemoryInGB), "cpu", limits.Cpu);
        }
        return body;
    }

    private static JsonObject VolumeOf(ContainerVolume volume)
    {
        JsonObject body = new() { ["name"] = volume.Name };
        Set(body, "emptyDir", volume.EmptyDir is null ? null : JsonNode.Parse(volume.EmptyDir.ToString()));
        Set(body, "secret", volume.Secret.Count == 0 ? null : new JsonObject(volume.Secret.Select(file => KeyValuePair.Create(file.Key, (JsonNode)file.Value))));
        return body;
    }

    private static JsonObject CredentialOf(ContainerGroupImageRegistryCredential credential)
    {
        JsonObject body = new() { ["server"] = credential.Server };
        Set(body, "username", credential.Username);
        Set(body, "password", credential.Password);
        Set(body, "identity", credential.Identity);
        return body;
    }

    private static JsonArray Array<T>(IList<T> items, Func<T, JsonNode> write) => items.Count == 0 ? null : new JsonArray([.. items.Select(write)]);

    private static JsonObject With(JsonObject body, string name, JsonNode value)
    {
        Set(body, name, value);
        return body;
    }

    private static void Set(JsonObject body, string name, JsonNode value)
    {
        if (value is not null)
        {
            body[name] = value;
        }
    }
}
