namespace CodeExec.Client;

public enum OutcomeKind
{
    Exited,
    Signalled,
    LimitExceeded,
    CompileFailed,
    Graded,
    Cancelled,
    InternalError,
}
