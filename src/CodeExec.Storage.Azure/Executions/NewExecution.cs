using Azure.Data.Tables;
using CodeExec.Core.Executions;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>The rows of an execution that is about to be stored; large values are in their blobs already.</summary>
internal sealed record NewExecution(ExecutionRecord Record, TableEntity RecordRow, TableEntity SpecRow, IReadOnlyList<TableEntity> OtherRows);
