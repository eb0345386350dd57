namespace CodeExec.Bench.Simulation;

/// <param name="ShardSize">Submissions handed out together.</param>
/// <param name="ShardsAtOnce">Shards that are worked on at once.</param>
/// <param name="Pool">Container groups at once, over all regions; as many submissions are under way.</param>
/// <param name="ExecutionsPerGroup">Executions that one group takes, each in a new deployment of it.</param>
internal sealed record BatchSetting(int ShardSize, int ShardsAtOnce, int Pool, int ExecutionsPerGroup);
