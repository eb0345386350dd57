using CodeExec.Core.Operations;
using CodeExec.Sqlite;

namespace CodeExec.Server.Operations;

internal sealed class StoreOutageRule : IOutageRule
{
    public bool IsOutage(Exception exception) => exception is StoreUnavailableException;
}
