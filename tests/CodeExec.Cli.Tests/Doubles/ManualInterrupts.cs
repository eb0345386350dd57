using CodeExec.Cli.Hosting;

namespace CodeExec.Cli.Tests.Doubles;

internal sealed class ManualInterrupts : IInterrupts, IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();

    public CancellationToken First => _first.Token;

    public CancellationToken Second => _second.Token;

    public void Press()
    {
        if (_first.IsCancellationRequested)
        {
            _second.Cancel();
        }
        _first.Cancel();
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
