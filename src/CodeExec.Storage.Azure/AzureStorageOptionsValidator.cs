using Microsoft.Extensions.Options;

namespace CodeExec.Storage.Azure;

[OptionsValidator]
internal sealed partial class AzureStorageOptionsValidator : IValidateOptions<AzureStorageOptions>;
