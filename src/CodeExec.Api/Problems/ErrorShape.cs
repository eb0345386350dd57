namespace CodeExec.Api.Problems;

/// <summary>Endpoint metadata: whose error format an endpoint answers with.</summary>
internal enum ErrorShape
{
    /// <summary>application/problem+json, as everywhere.</summary>
    Problem,

    /// <summary>Piston's: { "message": … }.</summary>
    Piston,

    /// <summary>A problem with Codebae's members beside: { "success": false, "output": "", "error": … }.</summary>
    Codebae,

    /// <summary>Judge0's: messages by attribute, or { "error": … }.</summary>
    Judge0,
}
