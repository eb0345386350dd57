namespace Microsoft.Azure.SignalR.Common;

public class AzureSignalRException : Exception
{
    public AzureSignalRException(string message, Exception ex)
        : base(message, ex)
    {
    }
}
