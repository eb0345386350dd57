using CodeExec.Cli;
using CodeExec.Cli.Hosting;

using CliHost host = CliHost.OfThisProcess();
return await CodeExecApp.RunAsync(args, host);
