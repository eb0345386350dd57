using Microsoft.Extensions.Options;

namespace CodeExec.Core.Executions.Submitting;

[OptionsValidator]
public sealed partial class SubmissionCeilingsValidator : IValidateOptions<SubmissionCeilings>;
