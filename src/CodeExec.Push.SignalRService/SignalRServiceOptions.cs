using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CodeExec.Push.SignalRService;

/// <summary>Which Azure SignalR Service live viewers connect to. It must be in serverless mode.</summary>
public sealed class SignalRServiceOptions : IValidatableObject
{
    public const string Section = "Push:SignalR";

    /// <summary>A connection string with a key, <c>Endpoint=https://NAME.service.signalr.net;AccessKey=…;Version=1.0;</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The service's address alone, <c>https://NAME.service.signalr.net</c>: the identity of this process then signs, with the role SignalR Service Owner.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The client id of a user-assigned identity; the system-assigned one unless set.</summary>
    public string? IdentityClientId { get; set; }

    /// <summary>How long after negotiating a client may connect: 1 minute to 1 day, 30 minutes unless set. Who may no longer see anything keeps what it has joined until it is disconnected.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(ConnectionString) == string.IsNullOrWhiteSpace(Endpoint))
        {
            yield return new("Set either Push:SignalR:ConnectionString or Push:SignalR:Endpoint.");
        }
        if (Endpoint is { Length: > 0 } && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http"))
        {
            yield return new("Push:SignalR:Endpoint must be an address like https://NAME.service.signalr.net.");
        }
    }
}

[OptionsValidator]
internal sealed partial class SignalRServiceOptionsValidator : IValidateOptions<SignalRServiceOptions>;
