namespace CodeExec.Core.Problems;

/// <summary>Of a version. Names stand in documents and on the wire.</summary>
public enum ProblemState
{
    /// <summary>Nothing had to be checked, or it was all right.</summary>
    Ready,

    /// <summary>Its inputs are made and validated, its solutions run.</summary>
    Checking,

    /// <summary>Its check found what has to be mended: nothing is graded by it.</summary>
    Broken,
}
