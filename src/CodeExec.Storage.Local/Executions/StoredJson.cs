using System.Text.Json.Serialization;
using CodeExec.Core.Executions;

namespace CodeExec.Storage.Local.Executions;

/// <summary>How executions stand in the database. Names are a contract with files that earlier releases wrote.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExecutionRecord))]
[JsonSerializable(typeof(ExecutionSpec))]
internal sealed partial class StoredJson : JsonSerializerContext;
