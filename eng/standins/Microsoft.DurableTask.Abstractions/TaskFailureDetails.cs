namespace Microsoft.DurableTask;

public record TaskFailureDetails(string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure, IDictionary<string, object?>? Properties)
{
    public static TaskFailureDetails FromException(Exception exception)
        => new(exception.GetType().ToString(), exception.Message, exception.StackTrace, exception.InnerException is { } inner ? FromException(inner) : null, null);
}
