using Microsoft.Extensions.Options;

namespace CodeExec.Storage.Local;

[OptionsValidator]
internal sealed partial class LocalStorageOptionsValidator : IValidateOptions<LocalStorageOptions>;
