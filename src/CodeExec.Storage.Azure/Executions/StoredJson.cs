using System.Text.Json.Serialization;
using CodeExec.Core.Executions;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>How executions stand in tables and blobs. Names are a contract with accounts that earlier releases wrote.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExecutionRecord))]
[JsonSerializable(typeof(ExecutionSpec))]
internal sealed partial class StoredJson : JsonSerializerContext;
