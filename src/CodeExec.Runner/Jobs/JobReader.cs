using System.Text.Json;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Jobs;

/// <summary>
/// Reads a <see cref="Job"/> by hand, as strictly as the generated serializer does (unknown members are refused): that one's start-up
/// costs a millisecond, which a hello-world would feel. The tests hold the two against each other.
/// </summary>
internal static class JobReader
{
    /// <exception cref="JobFormatException">The text is not a job of this protocol.</exception>
    public static Job Read(ReadOnlySpan<byte> text)
    {
        try
        {
            Utf8JsonReader json = new(text);
            json.Read();
            Job job = ReadJob(ref json);
            JobRules.Check(job);
            return job;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            throw new JobFormatException($"The job can not be read: {problem.Message}");
        }
    }

    private static Job ReadJob(ref Utf8JsonReader json)
    {
        JobJson.ExpectObject(ref json);
        int protocol = ProtocolVersion.Current;
        string? id = null;
        List<JobFile> files = [];
        List<JobStep>? steps = null;
        IReadOnlyList<string> artifacts = [];
        long artifactBytes = JobDefaults.Job.ArtifactBytes;
        int artifactCount = JobDefaults.Job.ArtifactCount;
        JobDisplays? displays = null;
        JobLink? link = null;
        while (JobJson.NextMember(ref json, out string name))
        {
            switch (name)
            {
                case "protocol": protocol = CheckedProtocol(json.GetInt32()); break;
                case "id": id = JobJson.String(ref json); break;
                case "files": files = ReadFiles(ref json); break;
                case "steps": steps = ReadSteps(ref json); break;
                case "artifacts": artifacts = JobJson.Strings(ref json); break;
                case "artifactBytes": artifactBytes = json.GetInt64(); break;
                case "artifactCount": artifactCount = json.GetInt32(); break;
                case "displays": displays = json.TokenType == JsonTokenType.Null ? null : ReadDisplays(ref json); break;
                case "link": link = json.TokenType == JsonTokenType.Null ? null : LinkReader.Read(ref json); break;
                default: throw JobJson.Unknown(name);
            }
        }

        return new Job
        {
            Protocol = protocol,
            Id = id ?? throw JobJson.Missing("id"),
            Files = files,
            Steps = steps ?? throw JobJson.Missing("steps"),
            Artifacts = artifacts,
            ArtifactBytes = artifactBytes,
            ArtifactCount = artifactCount,
            Displays = displays,
            Link = link,
        };
    }

    private static JobDisplays ReadDisplays(ref Utf8JsonReader json)
    {
        JobJson.ExpectObject(ref json);
        string? folder = null;
        int? count = null;
        long? file = null, total = null;
        while (JobJson.NextMember(ref json, out string name))
        {
            switch (name)
            {
                case "folder": folder = JobJson.String(ref json); break;
                case "count": count = json.GetInt32(); break;
                case "fileBytes": file = json.GetInt64(); break;
                case "totalBytes": total = json.GetInt64(); break;
                default: throw JobJson.Unknown(name);
            }
        }

        return new JobDisplays(
            folder ?? throw JobJson.Missing("folder"),
            count ?? throw JobJson.Missing("count"),
            file ?? throw JobJson.Missing("fileBytes"),
            total ?? throw JobJson.Missing("totalBytes"));
    }

    private static int CheckedProtocol(int version) => version == ProtocolVersion.Current
        ? version
        : throw new JobFormatException($"The job speaks protocol {version}; this runner speaks {ProtocolVersion.Current}.");

    private static List<JobFile> ReadFiles(ref Utf8JsonReader json)
    {
        List<JobFile> files = [];
        JobJson.ExpectArray(ref json);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            JobJson.ExpectObject(ref json);
            string? path = null;
            byte[]? content = null;
            bool executable = false;
            while (JobJson.NextMember(ref json, out string name))
            {
                switch (name)
                {
                    case "path": path = JobJson.String(ref json); break;
                    case "content": content = json.GetBytesFromBase64(); break;
                    case "executable": executable = json.GetBoolean(); break;
                    default: throw JobJson.Unknown(name);
                }
            }

            files.Add(new JobFile(path ?? throw JobJson.Missing("path"), content ?? throw JobJson.Missing("content"), executable));
        }

        return files;
    }

    private static List<JobStep> ReadSteps(ref Utf8JsonReader json)
    {
        List<JobStep> steps = [];
        JobJson.ExpectArray(ref json);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            steps.Add(ReadStep(ref json));
        }

        return steps;
    }

    private static JobStep ReadStep(ref Utf8JsonReader json)
    {
        JobJson.ExpectObject(ref json);
        string? stepName = null;
        IReadOnlyList<string>? command = null;
        JobLimits? limits = null;
        JobStep step = JobDefaults.Step;
        while (JobJson.NextMember(ref json, out string name))
        {
            switch (name)
            {
                case "name": stepName = JobJson.String(ref json); break;
                case "command": command = JobJson.Strings(ref json); break;
                case "limits": limits = ReadLimits(ref json); break;
                case "environment": step = step with { Environment = JobJson.Map(ref json) }; break;
                case "cases": step = step with { Cases = ReadCases(ref json) }; break;
                case "parallelism": step = step with { Parallelism = json.GetInt32() }; break;
                case "warm": step = step with { Warm = json.GetBoolean() }; break;
                case "restoreWorkspace": step = step with { RestoreWorkspace = json.GetBoolean() }; break;
                case "continueOnFailure": step = step with { ContinueOnFailure = json.GetBoolean() }; break;
                case "keep": step = step with { Keep = JobJson.Strings(ref json) }; break;
                default: throw JobJson.Unknown(name);
            }
        }

        return step with
        {
            Name = stepName ?? throw JobJson.Missing("name"),
            Command = command ?? throw JobJson.Missing("command"),
            Limits = limits ?? throw JobJson.Missing("limits"),
        };
    }

    private static List<JobCase> ReadCases(ref Utf8JsonReader json)
    {
        List<JobCase> cases = [];
        JobJson.ExpectArray(ref json);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            JobJson.ExpectObject(ref json);
            string? id = null;
            JobCase read = JobDefaults.Case;
            while (JobJson.NextMember(ref json, out string name))
            {
                switch (name)
                {
                    case "id": id = JobJson.String(ref json); break;
                    case "stdin": read = read with { Stdin = json.GetBytesFromBase64() }; break;
                    case "files": read = read with { Files = ReadFiles(ref json) }; break;
                    case "runs": read = read with { Runs = json.GetInt32() }; break;
                    case "live": read = read with { Live = json.GetBoolean() }; break;
                    case "arguments": read = read with { Arguments = JobJson.Strings(ref json) }; break;
                    case "environment": read = read with { Environment = JobJson.Map(ref json) }; break;
                    case "collect": read = read with { Collect = JobJson.Strings(ref json) }; break;
                    case "limits": read = read with { Limits = json.TokenType == JsonTokenType.Null ? null : ReadLimits(ref json) }; break;
                    default: throw JobJson.Unknown(name);
                }
            }

            cases.Add(read with { Id = id ?? throw JobJson.Missing("id") });
        }

        return cases;
    }

    private static JobLimits ReadLimits(ref Utf8JsonReader json)
    {
        JobJson.ExpectObject(ref json);
        long? wall = null, cpu = null, memory = null, output = null, workspace = null;
        int? processes = null;
        JobLimits limits = JobDefaults.Limits;
        while (JobJson.NextMember(ref json, out string name))
        {
            switch (name)
            {
                case "wallMs": wall = json.GetInt64(); break;
                case "cpuMs": cpu = json.GetInt64(); break;
                case "memoryBytes": memory = json.GetInt64(); break;
                case "processes": processes = json.GetInt32(); break;
                case "outputBytes": output = json.GetInt64(); break;
                case "workspaceBytes": workspace = json.GetInt64(); break;
                case "openFiles": limits = limits with { OpenFiles = json.GetInt32() }; break;
                case "stackBytes": limits = limits with { StackBytes = JobJson.OptionalInteger(ref json) }; break;
                case "fileBytes": limits = limits with { FileBytes = JobJson.OptionalInteger(ref json) }; break;
                case "cpus": limits = limits with { Cpus = json.TokenType == JsonTokenType.Null ? null : json.GetDouble() }; break;
                case "graceMs": limits = limits with { GraceMs = json.GetInt64() }; break;
                default: throw JobJson.Unknown(name);
            }
        }

        return limits with
        {
            WallMs = wall ?? throw JobJson.Missing("wallMs"),
            CpuMs = cpu ?? throw JobJson.Missing("cpuMs"),
            MemoryBytes = memory ?? throw JobJson.Missing("memoryBytes"),
            Processes = processes ?? throw JobJson.Missing("processes"),
            OutputBytes = output ?? throw JobJson.Missing("outputBytes"),
            WorkspaceBytes = workspace ?? throw JobJson.Missing("workspaceBytes"),
        };
    }
}
