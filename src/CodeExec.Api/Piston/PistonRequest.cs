using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Api.Piston;

/// <summary>A job as Piston's clients send it, checked.</summary>
internal sealed record PistonRequest(string Language, string Version, Submission Submission);
