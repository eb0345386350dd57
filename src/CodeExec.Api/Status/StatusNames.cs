using System.Text.Json;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Status;

/// <summary>Execution states as they stand on the wire.</summary>
internal static class StatusNames
{
    public static string Of(ExecutionStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
