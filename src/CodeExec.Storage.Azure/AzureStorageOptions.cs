using System.ComponentModel.DataAnnotations;

namespace CodeExec.Storage.Azure;

/// <summary>Which storage account holds what this host remembers. Give a connection string, or the account's name for an identity without keys.</summary>
public sealed class AzureStorageOptions : IValidatableObject
{
    public const string Section = "Storage:Azure";

    /// <summary>A connection string; <c>UseDevelopmentStorage=true</c> is Azurite on this machine.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account's name. Requests are then signed by the identity of this process: a managed one in Azure, a developer's own elsewhere.</summary>
    [RegularExpression("^[a-z0-9]{3,24}$", ErrorMessage = "Storage:Azure:Account must be the name of a storage account: 3 to 24 lower-case letters and digits.")]
    public string? Account { get; set; }

    /// <summary>The client id of a user-assigned identity; the system-assigned one unless set.</summary>
    public string? IdentityClientId { get; set; }

    /// <summary>The end of the service's host names: core.windows.net unless set.</summary>
    [Required]
    public string EndpointSuffix { get; set; } = "core.windows.net";

    /// <summary>What the names of tables, containers and queues begin with, so that several systems can share an account: codeexec unless set.</summary>
    [RegularExpression("^[a-z][a-z0-9]{2,19}$", ErrorMessage = "Storage:Azure:Prefix must be 3 to 20 lower-case letters and digits, and begin with a letter.")]
    public string Prefix { get; set; } = "codeexec";

    /// <summary>How long a link to an artifact is good for: 1 minute to 1 day, 10 minutes unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        bool hasConnectionString = !string.IsNullOrWhiteSpace(ConnectionString);
        bool hasAccount = !string.IsNullOrWhiteSpace(Account);
        if (hasConnectionString == hasAccount)
        {
            yield return new("Set either Storage:Azure:ConnectionString (UseDevelopmentStorage=true for Azurite) or Storage:Azure:Account.");
        }
    }
}
