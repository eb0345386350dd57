using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CodeExec.Linux.Filters;

/// <summary>
/// The system call filter of docs/security.md as Docker and container groups take it. They have no "none of these values", and compare all 64 bits of
/// a register where the kernel looks at 32: rules are written so that neither opens a way around.
/// </summary>
public static class SeccompProfile
{
    private const int NotPermitted = 1;
    private const int NoSuchCall = 38;
    private const int NoSuchFamily = 97;

    public static string Json { get; } = Render();

    private static string Render()
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("defaultAction", "SCMP_ACT_ALLOW");
            json.WriteStartArray("syscalls"); // no list of architectures: the engine's own alone
            WriteRule(json, NotPermitted, RefusedCalls.Names);
            WriteRule(json, NoSuchCall, ["clone3"]); // hides its flags behind a pointer: without it, libraries use clone
            for (uint flag = 1; flag != 0; flag <<= 1)
            {
                if ((RefusedCalls.NewNamespaces & flag) != 0)
                {
                    WriteRule(json, NotPermitted, ["clone"], "SCMP_CMP_MASKED_EQ", 0, flag, flag);
                }
            }

            foreach (uint request in RefusedCalls.Ioctls)
            {
                WriteRule(json, NotPermitted, ["ioctl"], "SCMP_CMP_MASKED_EQ", 1, uint.MaxValue, request);
            }

            uint last = RefusedCalls.AllowedFamilies.Max();
            for (uint family = 0; family < last; family++)
            {
                if (!RefusedCalls.AllowedFamilies.Contains(family))
                {
                    WriteRule(json, NoSuchFamily, ["socket"], "SCMP_CMP_EQ", 0, family, null);
                }
            }

            WriteRule(json, NoSuchFamily, ["socket"], "SCMP_CMP_GT", 0, last, null);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void WriteRule(Utf8JsonWriter json, int errno, IEnumerable<string> names, string? comparison = null, int argument = 0, uint value = 0, uint? second = null)
    {
        json.WriteStartObject();
        json.WriteStartArray("names");
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteString("action", "SCMP_ACT_ERRNO");
        json.WriteNumber("errnoRet", errno);
        if (comparison is not null)
        {
            json.WriteStartArray("args");
            json.WriteStartObject();
            json.WriteNumber("index", argument);
            json.WriteNumber("value", value);
            if (second is { } masked)
            {
                json.WriteNumber("valueTwo", masked);
            }

            json.WriteString("op", comparison);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
