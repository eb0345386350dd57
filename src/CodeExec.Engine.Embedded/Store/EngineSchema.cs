namespace CodeExec.Engine.Embedded.Store;

/// <summary>The engine's tables, one step a version. A released step never changes.</summary>
internal static class EngineSchema
{
    public const string Owner = "engine";

    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        -- Which life of the host owns the instances. Every commit of an instance checks it.
        CREATE TABLE engine(one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER NOT NULL);
        INSERT INTO engine(one, epoch) VALUES(1, 0);

        -- no: in order of acceptance. state: InstanceState. run: how many times it was continued as new.
        CREATE TABLE instances(
            no INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            state INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            created INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            run INTEGER NOT NULL,
            first_task INTEGER NOT NULL,
            parent INTEGER,
            parent_run INTEGER,
            parent_task INTEGER,
            input TEXT NOT NULL,
            output TEXT,
            custom TEXT,
            failure TEXT);
        CREATE INDEX instances_waiting ON instances(name, priority DESC, no) WHERE state = 0;
        CREATE INDEX instances_by_state ON instances(state, no) WHERE state <> 2;
        CREATE INDEX instances_by_parent ON instances(parent) WHERE parent IS NOT NULL;

        CREATE TABLE history(
            instance INTEGER NOT NULL,
            run INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            task INTEGER NOT NULL,
            name TEXT,
            payload TEXT,
            at INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            PRIMARY KEY(instance, run, seq)) WITHOUT ROWID;

        -- What has come for an instance that is not in memory: kept until its history takes it over.
        CREATE TABLE mailbox(
            no INTEGER PRIMARY KEY,
            instance INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            task INTEGER NOT NULL,
            name TEXT,
            payload TEXT,
            at INTEGER NOT NULL,
            epoch INTEGER NOT NULL);
        CREATE INDEX mailbox_by_instance ON mailbox(instance, no);
        """,
    ];
}
