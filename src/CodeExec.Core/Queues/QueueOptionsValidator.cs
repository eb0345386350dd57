using Microsoft.Extensions.Options;

namespace CodeExec.Core.Queues;

[OptionsValidator]
public sealed partial class QueueOptionsValidator : IValidateOptions<QueueOptions>;
