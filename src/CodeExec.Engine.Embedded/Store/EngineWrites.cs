using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Sqlite;
using Microsoft.Data.Sqlite;

namespace CodeExec.Engine.Embedded.Store;

/// <summary>
/// What the engine writes, as work for the writer's thread. Each may be repeated after a failure whose effect is unknown, and each checks
/// in its own transaction that this engine still owns the instances.
/// </summary>
internal sealed class EngineWrites(long epoch)
{
    public static long TakeOver(SqliteWriteContext context)
        => Convert.ToInt64(context.Scalar("UPDATE engine SET epoch = epoch + 1 RETURNING epoch"), null);

    /// <returns>False if the id is known already, by another start than this.</returns>
    public bool Insert(SqliteWriteContext context, InstanceRow row, StartCompanion? with)
    {
        CheckOwnership(context);
        return InsertBoth(context, row, with);
    }

    public BatchResult Write(SqliteWriteContext context, InstanceBatch batch)
    {
        CheckOwnership(context);
        if (batch.IsStart)
        {
            if (!InsertBoth(context, batch.Instance, batch.With))
            {
                return BatchResult.AlreadyKnown;
            }
        }
        else if (!IsOpen(context, batch))
        {
            return batch.IsRepeated && HasTakenEffect(context, batch) ? BatchResult.Written : BatchResult.Lost;
        }
        if (!batch.IsRepeated || !HasTakenEffect(context, batch))
        {
            WriteHistory(context, batch);
            WriteMail(context, batch);
            WriteState(context, batch);
        }
        if (batch.Children.Count > 0)
        {
            batch.RefusedChildren = [.. batch.Children.Where(child => !InsertRow(context, child))];
        }
        if (batch.EndsChildren)
        {
            batch.Terminated = TerminateTree(context, batch.Instance.No, batch.Failure!, batch.At);
        }
        return BatchResult.Written;
    }

    /// <summary>Gives those of the given instances their turn that still wait (or were given it by an earlier try of this very write).</summary>
    public List<long> Promote(SqliteWriteContext context, IReadOnlyList<long> candidates)
    {
        CheckOwnership(context);
        List<long> promoted = [];
        foreach (long no in candidates)
        {
            context.Execute("UPDATE instances SET state = 1 WHERE no = $no AND state = 0", ("$no", no));
            if (Convert.ToInt32(context.Scalar("SELECT state FROM instances WHERE no = $no", ("$no", no)) ?? -1, null) == (int)InstanceState.Running)
            {
                promoted.Add(no);
            }
        }
        return promoted;
    }

    /// <summary>Keeps mail for an instance that is not in memory; for one that is, or has ended, it only says so.</summary>
    /// <returns>Its state; null if it is unknown.</returns>
    public (long No, InstanceState State)? Mail(SqliteWriteContext context, string instanceId, StoredMail mail)
    {
        CheckOwnership(context);
        SqliteStatement find = context.Command("SELECT no, state FROM instances WHERE id = $id").Set("$id", instanceId);
        long no;
        InstanceState state;
        using (SqliteDataReader row = find.Query())
        {
            if (!row.Read())
            {
                return null;
            }
            no = row.GetInt64(0);
            state = (InstanceState)row.GetInt32(1);
        }
        if (state is InstanceState.Pending or InstanceState.Suspended)
        {
            InsertMail(context, no, mail);
        }
        return (no, state);
    }

    /// <summary>Ends an instance that is not in memory.</summary>
    public TerminatedInstances Terminate(SqliteWriteContext context, string instanceId, FailureDetails failure, DateTimeOffset at)
    {
        CheckOwnership(context);
        object? no = context.Scalar("SELECT no FROM instances WHERE id = $id", ("$id", instanceId));
        return no is null ? new([]) : TerminateTree(context, Convert.ToInt64(no, null), failure, at);
    }

    /// <summary>Parks an instance that cannot be brought into memory.</summary>
    public void Suspend(SqliteWriteContext context, long no, FailureDetails failure, DateTimeOffset at)
    {
        CheckOwnership(context);
        context.Execute(
            "UPDATE instances SET state = 5, failure = $failure, updated = $at WHERE no = $no AND state IN (1, 5)",
            ("$failure", EngineJson.Write(failure)), ("$at", at.UtcTicks), ("$no", no));
    }

    /// <summary>Takes back a start whose caller was told that it failed, though it may have taken effect. Nothing of it has been begun.</summary>
    public void Withdraw(SqliteWriteContext context, long no)
    {
        CheckOwnership(context);
        context.Execute("DELETE FROM history WHERE instance = $no", ("$no", no));
        context.Execute("DELETE FROM mailbox WHERE instance = $no", ("$no", no));
        context.Execute("DELETE FROM instances WHERE parent = $no", ("$no", no));
        context.Execute("DELETE FROM instances WHERE no = $no", ("$no", no));
    }

    /// <summary>Changes nothing, but reaches the disk: what a store that was unavailable is asked with.</summary>
    public static void Probe(SqliteWriteContext context) => context.Execute("UPDATE engine SET epoch = epoch");

    /// <summary>Ends an instance and all that it has started, as far as they have not ended.</summary>
    public static TerminatedInstances TerminateTree(SqliteWriteContext context, long root, FailureDetails failure, DateTimeOffset at)
    {
        List<TerminatedInstance> open = context.List(
            """
            WITH RECURSIVE tree(no) AS (SELECT $root UNION SELECT child.no FROM tree JOIN instances child ON child.parent = tree.no)
            SELECT i.no, i.id, i.name, i.state, i.priority, i.created, i.run, i.first_task, i.parent, i.parent_run, i.parent_task, i.input, i.custom
            FROM tree JOIN instances i ON i.no = tree.no WHERE i.state NOT IN (2, 3, 4)
            """,
            row => ToTerminated(EngineReads.ToRow(row), failure, at),
            ("$root", root));
        string json = EngineJson.Write(failure);
        foreach (TerminatedInstance instance in open)
        {
            context.Execute("UPDATE instances SET state = 4, failure = $failure, updated = $at WHERE no = $no", ("$failure", json), ("$at", at.UtcTicks), ("$no", instance.Row.No));
            context.Execute("DELETE FROM mailbox WHERE instance = $no", ("$no", instance.Row.No));
        }
        return new(open);
    }

    /// <summary>Forgets an ended instance and what it started and what has ended of that.</summary>
    public bool Purge(SqliteWriteContext context, string instanceId)
    {
        CheckOwnership(context);
        List<long> ended = context.List(
            """
            WITH RECURSIVE tree(no) AS (
                SELECT no FROM instances WHERE id = $id AND state IN (2, 3, 4)
                UNION SELECT child.no FROM tree JOIN instances child ON child.parent = tree.no AND child.state IN (2, 3, 4))
            SELECT no FROM tree
            """,
            row => row.GetInt64(0),
            ("$id", instanceId));
        foreach (long no in ended)
        {
            context.Execute("DELETE FROM history WHERE instance = $no", ("$no", no));
            context.Execute("DELETE FROM mailbox WHERE instance = $no", ("$no", no));
            context.Execute("DELETE FROM instances WHERE no = $no", ("$no", no));
        }
        return ended.Count > 0;
    }

    private static TerminatedInstance ToTerminated(InstanceRow row, FailureDetails failure, DateTimeOffset at)
        => new(row, row.State, new(row.Id, row.Name, InstanceState.Terminated, row.CreatedAt, at, null, row.CustomStatus, failure));

    private static bool IsOpen(SqliteWriteContext context, InstanceBatch batch)
        => context.Scalar("SELECT 1 FROM instances WHERE no = $no AND run = $run AND state IN (1, 5)", ("$no", batch.Instance.No), ("$run", batch.Run)) is not null;

    private static bool HasTakenEffect(SqliteWriteContext context, InstanceBatch batch)
    {
        long no = batch.Instance.No;
        if (batch.Next is { } next)
        {
            return Convert.ToInt32(context.Scalar("SELECT run FROM instances WHERE no = $no", ("$no", no)) ?? -1, null) == next.Number;
        }
        return batch.History.Count > 0
            && context.Scalar("SELECT 1 FROM history WHERE instance = $no AND run = $run AND seq = $seq", ("$no", no), ("$run", batch.Run), ("$seq", batch.FirstSequence)) is not null;
    }

    private static bool InsertBoth(SqliteWriteContext context, InstanceRow row, StartCompanion? with)
    {
        if (with is not null && !with.Write(context))
        {
            return false;
        }
        bool isNew = InsertRow(context, row);
        if (!isNew)
        {
            with?.Undo(context);
        }
        return isNew;
    }

    private static bool InsertRow(SqliteWriteContext context, InstanceRow row)
    {
        int inserted = context.Execute(
            """
            INSERT INTO instances(no, id, name, state, priority, created, updated, run, first_task, parent, parent_run, parent_task, input)
            VALUES($no, $id, $name, $state, $priority, $created, $created, $run, $first_task, $parent, $parent_run, $parent_task, $input)
            ON CONFLICT(id) DO NOTHING
            """,
            ("$no", row.No), ("$id", row.Id), ("$name", row.Name), ("$state", (int)row.State), ("$priority", row.Priority), ("$created", row.CreatedAt.UtcTicks),
            ("$run", row.Run), ("$first_task", row.FirstTask), ("$parent", row.Parent?.No), ("$parent_run", row.Parent?.Run), ("$parent_task", row.Parent?.TaskId), ("$input", row.Input));
        return inserted == 1 || context.Scalar("SELECT 1 FROM instances WHERE id = $id AND no = $no", ("$id", row.Id), ("$no", row.No)) is not null;
    }

    private static void WriteHistory(SqliteWriteContext context, InstanceBatch batch)
    {
        if (batch.Next is not null)
        {
            context.Execute("DELETE FROM history WHERE instance = $no AND run = $run", ("$no", batch.Instance.No), ("$run", batch.Run));
            return;
        }
        SqliteStatement insert = context.Command("INSERT INTO history(instance, run, seq, kind, task, name, payload, at, epoch) VALUES($instance, $run, $seq, $kind, $task, $name, $payload, $at, $epoch)");
        int sequence = batch.FirstSequence;
        foreach (HistoryEvent line in batch.History)
        {
            insert.Set("$instance", batch.Instance.No).Set("$run", batch.Run).Set("$seq", sequence++).Set("$kind", (int)line.Kind).Set("$task", line.TaskId)
                .Set("$name", line.Name).Set("$payload", line.Payload).Set("$at", line.At.UtcTicks).Set("$epoch", line.Epoch).Execute();
        }
    }

    private static void WriteMail(SqliteWriteContext context, InstanceBatch batch)
    {
        foreach (long no in batch.ConsumedMail)
        {
            context.Execute("DELETE FROM mailbox WHERE no = $no", ("$no", no));
        }
        foreach (StoredMail mail in batch.KeptMail)
        {
            InsertMail(context, batch.Instance.No, mail);
        }
    }

    private static void InsertMail(SqliteWriteContext context, long instance, StoredMail mail)
        => context.Execute(
            "INSERT INTO mailbox(no, instance, kind, task, name, payload, at, epoch) VALUES($no, $instance, $kind, $task, $name, $payload, $at, $epoch) ON CONFLICT(no) DO NOTHING",
            ("$no", mail.No), ("$instance", instance), ("$kind", (int)mail.Event.Kind), ("$task", mail.Event.TaskId), ("$name", mail.Event.Name),
            ("$payload", mail.Event.Payload), ("$at", mail.Event.At.UtcTicks), ("$epoch", mail.Event.Epoch));

    private static void WriteState(SqliteWriteContext context, InstanceBatch batch)
    {
        long no = batch.Instance.No;
        if (batch.CustomStatusChanged)
        {
            context.Execute("UPDATE instances SET custom = $custom, updated = $at WHERE no = $no", ("$custom", batch.CustomStatus), ("$at", batch.At.UtcTicks), ("$no", no));
        }
        if (batch.Next is { } next)
        {
            context.Execute(
                "UPDATE instances SET run = $run, first_task = $first, input = $input, updated = $at WHERE no = $no",
                ("$run", next.Number), ("$first", next.FirstTask), ("$input", next.Input), ("$at", batch.At.UtcTicks), ("$no", no));
        }
        if (batch.NewState is { } state)
        {
            context.Execute(
                "UPDATE instances SET state = $state, output = $output, failure = $failure, updated = $at WHERE no = $no",
                ("$state", (int)state), ("$output", batch.Output), ("$failure", batch.Failure is { } failure ? EngineJson.Write(failure) : null), ("$at", batch.At.UtcTicks), ("$no", no));
        }
    }

    private void CheckOwnership(SqliteWriteContext context)
    {
        if (Convert.ToInt64(context.Scalar("SELECT epoch FROM engine"), null) != epoch)
        {
            throw new OwnershipLostException(epoch);
        }
    }
}
