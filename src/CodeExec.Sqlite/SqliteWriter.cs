namespace CodeExec.Sqlite;

/// <summary>
/// The one thread that writes. Whatever has queued up while the disk was busy with the last commit goes into the next transaction, so the
/// number of fsyncs follows the disk and not the number of writes; a single write on an idle writer is committed at once.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteDatabaseOptions _options;
    private readonly SqliteWriteContext _context;
    private readonly object _gate = new();
    private readonly SemaphoreSlim _slots;
    private readonly Thread _thread;
    private Queue<QueuedWrite> _queue = new();
    private bool _closed;

    public SqliteWriter(SqliteDatabaseOptions options, SqliteWriteContext context)
    {
        _options = options;
        _context = context;
        _slots = new SemaphoreSlim(options.MaxQueuedWrites);
        _thread = new Thread(Run) { IsBackground = true, Name = "sqlite writer" };
        _thread.Start();
    }

    public int Queued => _options.MaxQueuedWrites - _slots.CurrentCount;

    public Task<T> WriteAsync<T>(Func<SqliteWriteContext, T> work, CancellationToken cancellationToken)
    {
        QueuedWrite<T> write = new(work, cancellationToken);
        if (_slots.Wait(0, CancellationToken.None))
        {
            Enqueue(write);
            return write.Task;
        }
        return WaitAndWriteAsync(write, cancellationToken);
    }

    /// <summary>Commits what is queued, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
        _thread.Join();
        _context.Dispose();
    }

    private async Task<T> WaitAndWriteAsync<T>(QueuedWrite<T> write, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        Enqueue(write);
        return await write.Task;
    }

    private void Enqueue(QueuedWrite write)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _queue.Enqueue(write);
                Monitor.Pulse(_gate);
                return;
            }
        }
        write.Fail(new ObjectDisposedException(nameof(SqliteDatabase)));
    }

    private void Run()
    {
        List<QueuedWrite> group = [];
        while (Take(group))
        {
            Exception? failure = TryCommit(group);
            _slots.Release(group.Count);
            foreach (QueuedWrite write in group)
            {
                if ((write.Failure ?? failure) is { } reason)
                {
                    write.Fail(reason);
                }
                else
                {
                    write.Succeed();
                }
            }
            group.Clear();
        }
    }

    private bool Take(List<QueuedWrite> group)
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }
                Monitor.Wait(_gate);
            }
            while (group.Count < _options.MaxGroup && _queue.TryDequeue(out QueuedWrite? write))
            {
                group.Add(write);
            }
            if (_queue.Count == 0 && _queue.EnsureCapacity(0) > 4 * _options.MaxGroup)
            {
                _queue = new(); // a burst is over: give its memory back
            }
            return true;
        }
    }

    /// <returns>Why the whole group failed; null if it was committed (single writes may still have failed by themselves).</returns>
    private Exception? TryCommit(List<QueuedWrite> group)
    {
        try
        {
            _context.Execute("BEGIN IMMEDIATE");
            if (!RunAll(group))
            {
                // One of them failed half-way. Its neighbours must not suffer, so all are run again, each inside a savepoint:
                // dearer, but only when it is needed.
                _context.Execute("ROLLBACK");
                _context.Execute("BEGIN IMMEDIATE");
                RunEachInSavepoint(group);
            }
            _options.Faults?.BeforeCommit();
            _context.Execute("COMMIT");
            _options.Faults?.AfterCommit();
            return null;
        }
        catch (Exception e)
        {
            RollBack();
            return StoreUnavailableException.IsCause(e) ? new StoreUnavailableException(_options.File, e) : e;
        }
    }

    private bool RunAll(List<QueuedWrite> group)
    {
        foreach (QueuedWrite write in group)
        {
            int before = _context.TotalChanges;
            try
            {
                RunOne(write);
            }
            catch (Exception e) when (!StoreUnavailableException.IsCause(e) && _context.InTransaction)
            {
                write.Failure = e;
                if (_context.TotalChanges != before)
                {
                    return false;
                }
            }
        }
        return true;
    }

    private void RunEachInSavepoint(List<QueuedWrite> group)
    {
        foreach (QueuedWrite write in group)
        {
            write.Failure = null;
            _context.Execute("SAVEPOINT one");
            try
            {
                RunOne(write);
            }
            catch (Exception e) when (!StoreUnavailableException.IsCause(e) && _context.InTransaction)
            {
                write.Failure = e;
                _context.Execute("ROLLBACK TO one");
            }
            _context.Execute("RELEASE one");
        }
    }

    private void RunOne(QueuedWrite write)
    {
        if (write.IsCancelled)
        {
            write.Failure = new OperationCanceledException();
            return;
        }
        write.Run(_context);
    }

    private void RollBack()
    {
        if (!_context.InTransaction)
        {
            return;
        }
        try
        {
            _context.Execute("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException) when (!_context.InTransaction)
        {
            // SQLite had undone it by itself between the question and the command; that is what was wanted.
        }
    }
}
