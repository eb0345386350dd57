using System.Text;
using CodeExec.Linux;
using CodeExec.Runner;
using CodeExec.Runner.Limits;

if (args is [LimitedStart.Option, .. var program])
{
    return LimitedStart.Run(program);
}

RunnerOptions options;
try
{
    options = RunnerOptions.Parse(args);
}
catch (OptionsException problem)
{
    using FileDescriptor standardError = new(2);
    standardError.WriteAll(Encoding.UTF8.GetBytes($"codeexec-runner: {problem.Message}\n"));
    return ExitCodes.Fault;
}

if (options.ShowVersion)
{
    using FileDescriptor standardOutput = new(1);
    standardOutput.WriteAll(Encoding.UTF8.GetBytes($"codeexec-runner {RunnerVersion.Text}\n"));
    return ExitCodes.Done;
}

return RunnerProcess.Run(options);
