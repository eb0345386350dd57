namespace CodeExec.Infra.Tests.Deploying;

/// <summary>
/// Plays az. $AZURE holds words about the Azure behind it: <c>no-bicep</c>, <c>signed-out</c>, <c>no-group</c>, <c>unregistered</c>, <c>secrets</c> (all are in the vault),
/// <c>silent-vault</c> (it does not answer).
/// </summary>
internal static class AzureDouble
{
    public const string Script = """
        echo "az $*" >>"$CALLS"
        is() { case " $AZURE " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
        case "$*" in
            "bicep version"*) ! is no-bicep ;;
            "account show --output none") ! is signed-out ;;
            "account show --query user.type"*) echo user ;;
            "ad signed-in-user show"*) echo 11111111-1111-1111-1111-111111111111 ;;
            "group exists"*) is no-group && echo false || echo true ;;
            "provider show --namespace Microsoft.App "*) is unregistered && echo NotRegistered || echo Registered ;;
            "provider show"*) echo Registered ;;
            *"outputs.vaultName.value"*) echo the-vault ;;
            *"outputs.registryName.value"*) echo theregistry ;;
            *"outputs.registryServer.value"*) echo theregistry.azurecr.io ;;
            *"outputs.appName.value"*) echo the-app ;;
            *"outputs.address.value"*) echo https://the-app.azurewebsites.net ;;
            "keyvault show"*) echo /subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/the-vault ;;
            "acr token credential generate"*) echo pullsecret ;;
            "rest --method get"*)
                if is silent-vault; then echo "Connection reset" >&2; exit 1; fi
                is secrets || { echo "ERROR: Not Found({\"error\":{\"code\":\"SecretNotFound\"}})" >&2; exit 1; } ;;
            "rest --method put"*)
                name="${5##*/}"
                body="${7#@}"
                echo "${name%%\?*}=$(cat "$body")" >>"$SECRETS" ;;
        esac
        """;
}
