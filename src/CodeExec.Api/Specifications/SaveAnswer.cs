using CodeExec.Api.Problems;
using CodeExec.Core.Specifications;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Specifications;

internal static class SaveAnswer
{
    /// <exception cref="RequestRefusedException">Nothing was stored.</exception>
    public static T ValueOrRefuse<T>(this SaveOutcome<T> outcome, string what) => outcome switch
    {
        SaveOutcome<T>.Saved saved => saved.Value,
        SaveOutcome<T>.Invalid invalid => throw new RequestRefusedException(Problem.Invalid(invalid.Errors)),
        SaveOutcome<T>.VersionConflict conflict => throw new RequestRefusedException(new(
            ProblemTypes.VersionConflict, $"The {what} is at version {conflict.Version} now. Read it again, and send your change with that version.")),
        SaveOutcome<T>.KeyConflict => throw ValidationRequests.KeyConflict(),
        _ => throw Pages.NotFound(what),
    };

    public static int StatusCode<T>(this SaveOutcome<T> outcome) => outcome is SaveOutcome<T>.Saved { IsNew: true } ? StatusCodes.Status201Created : StatusCodes.Status200OK;
}
