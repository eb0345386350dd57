using Azure;

namespace CodeExec.Storage.Azure.Accounts;

/// <summary>What an answer of the service means.</summary>
internal static class AzureFailures
{
    public const int NotFound = 404;
    public const int Conflict = 409;
    public const int PreconditionFailed = 412;
    public const int RangeNotSatisfiable = 416;

    public static bool IsNotFound(this RequestFailedException failure) => failure.Status == NotFound;

    /// <summary>Somebody else was faster: it exists already, was changed meanwhile, or is gone. A table that is gone is no race, and trying again would not help.</summary>
    public static bool IsLostRace(this RequestFailedException failure)
        => failure.Status is NotFound or Conflict or PreconditionFailed && failure.ErrorCode is not ("TableNotFound" or "TableBeingDeleted");

    /// <summary>The service was not reached, or could not answer; trying again later is all that helps.</summary>
    public static bool IsOutage(Exception failure) => failure switch
    {
        RequestFailedException answered => answered.Status is 0 or 408 or 429 or >= 500,
        AggregateException several => several.InnerExceptions.All(IsOutage),
        HttpRequestException or IOException => true,
        _ => false,
    };
}
