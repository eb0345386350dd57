using System.Text.Json;
using CodeExec.Protocol;

namespace CodeExec.Runner.Jobs;

/// <summary>Reads a <see cref="JobLink"/>.</summary>
internal static class LinkReader
{
    public static JobLink Read(ref Utf8JsonReader json)
    {
        JobJson.ExpectObject(ref json);
        string? address = null, header = null;
        byte[]? key = null;
        while (JobJson.NextMember(ref json, out string name))
        {
            switch (name)
            {
                case "address": address = JobJson.String(ref json); break;
                case "header": header = JobJson.String(ref json); break;
                case "key": key = json.GetBytesFromBase64(); break;
                default: throw JobJson.Unknown(name);
            }
        }

        return new JobLink(address ?? throw JobJson.Missing("address"), header ?? throw JobJson.Missing("header"), key ?? throw JobJson.Missing("key"));
    }
}
