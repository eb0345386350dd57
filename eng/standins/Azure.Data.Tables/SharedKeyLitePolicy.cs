using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

internal sealed class SharedKeyLitePolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        string date = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        message.Request.Headers.SetValue("x-ms-date", date);
        string resource = "/" + credential.AccountName + message.Request.Uri.ToUri().AbsolutePath;
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{credential.Sign(date + "\n" + resource)}");
    }
}
