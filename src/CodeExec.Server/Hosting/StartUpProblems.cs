using CodeExec.Core.Languages.Loading;
using CodeExec.Sqlite;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Local.Folders;
using CodeExec.Storage.Local.Secrets;
using Microsoft.Extensions.Options;

namespace CodeExec.Server.Hosting;

/// <summary>What keeps a server from starting that a person can mend: told in a sentence, not a stack trace.</summary>
internal static class StartUpProblems
{
    /// <returns>Null for anything else: that is a bug of ours, and its trace is wanted.</returns>
    public static string? Explain(Exception exception) => exception switch
    {
        StartUpException or LanguageFilesException or DatabaseInUseException or DatabaseDamagedException or StoreUnavailableException or DataFolderUnusableException or SecretKeyException or AzureAccountUnusableException => exception.Message,
        OptionsValidationException options => "Some settings are wrong:\n" + string.Join('\n', options.Failures.Select(failure => "  " + failure)),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => "The port is taken by another program. Choose one with --port (or Http:Port).",
        AggregateException several when several.InnerExceptions.All(one => Explain(one) is not null)
            => string.Join('\n', several.InnerExceptions.Select(Explain)),
        _ => null,
    };
}
