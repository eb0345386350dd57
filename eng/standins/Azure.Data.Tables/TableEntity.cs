using System.Collections;

namespace Azure.Data.Tables;

public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    private readonly Dictionary<string, object> _values = [];

    public TableEntity()
    {
    }

    public TableEntity(IDictionary<string, object> values)
    {
        foreach ((string key, object value) in values)
        {
            _values[key] = value;
        }
    }

    public TableEntity(string partitionKey, string rowKey)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public string PartitionKey
    {
        get => GetString("PartitionKey");
        set => _values["PartitionKey"] = value;
    }

    public string RowKey
    {
        get => GetString("RowKey");
        set => _values["RowKey"] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset("Timestamp");
        set => _values["Timestamp"] = value;
    }

    public ETag ETag
    {
        get => _values.TryGetValue("odata.etag", out object etag) ? new ETag((string)etag) : default;
        set => _values["odata.etag"] = value.ToString();
    }

    public ICollection<string> Keys => _values.Keys;

    public ICollection<object> Values => _values.Values;

    public int Count => _values.Count;

    public bool IsReadOnly => false;

    public object this[string key]
    {
        get => _values.GetValueOrDefault(key);
        set => _values[key] = value;
    }

    public string GetString(string key) => (string)this[key];

    public int? GetInt32(string key) => (int?)this[key];

    public long? GetInt64(string key) => this[key] is int small ? small : (long?)this[key];

    public bool? GetBoolean(string key) => (bool?)this[key];

    public DateTimeOffset? GetDateTimeOffset(string key) => (DateTimeOffset?)this[key];

    public double? GetDouble(string key) => this[key] is int whole ? whole : (double?)this[key];

    public Guid? GetGuid(string key) => (Guid?)this[key];

    public byte[] GetBinary(string key) => this[key] is BinaryData data ? data.ToArray() : (byte[])this[key];

    public BinaryData GetBinaryData(string key) => this[key] is byte[] bytes ? BinaryData.FromBytes(bytes) : (BinaryData)this[key];

    public void Add(string key, object value) => _values.Add(key, value);

    public bool ContainsKey(string key) => _values.ContainsKey(key);

    public bool Remove(string key) => _values.Remove(key);

    public bool TryGetValue(string key, out object value) => _values.TryGetValue(key, out value);

    public void Clear() => _values.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => _values.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => _values.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex)
        => ((ICollection<KeyValuePair<string, object>>)_values).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => _values.Remove(item.Key);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
