using Microsoft.Extensions.Options;

namespace CodeExec.Engine.Embedded;

[OptionsValidator]
internal sealed partial class EmbeddedEngineOptionsValidator : IValidateOptions<EmbeddedEngineOptions>;
