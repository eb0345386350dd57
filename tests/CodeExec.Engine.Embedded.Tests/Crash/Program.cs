return await CodeExec.Engine.Embedded.Tests.Crash.CrashingHost.RunAsync(args);
