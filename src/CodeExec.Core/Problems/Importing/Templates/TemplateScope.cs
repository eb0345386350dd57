namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>The variables of a template, those of its lists in front, and where it writes.</summary>
internal sealed class TemplateScope(TemplateBudget budget)
{
    private readonly Dictionary<string, object?> _variables = new(StringComparer.Ordinal);
    private readonly List<TemplateLoop> _loops = [];

    public TemplateBudget Budget { get; } = budget;

    public TemplateOutput Output { get; set; } = new();

    public TemplateLoop? InnermostLoop => _loops.Count > 0 ? _loops[^1] : null;

    public object? Find(string name)
    {
        for (int i = _loops.Count - 1; i >= 0; i--)
        {
            if (_loops[i].TryGet(name, out object? value))
            {
                return value;
            }
        }

        return _variables.GetValueOrDefault(name);
    }

    /// <summary>The loop whose variable it is.</summary>
    public TemplateLoop? LoopOf(string name) => _loops.FindLast(loop => loop.Name == name);

    public void Set(string name, object? value) => _variables[name] = value;

    public void Enter(TemplateLoop loop) => _loops.Add(loop);

    public void Leave() => _loops.RemoveAt(_loops.Count - 1);
}

/// <summary>A list on its way through its items.</summary>
internal sealed class TemplateLoop(string name, IReadOnlyList<object?> items)
{
    public string Name { get; } = name;

    public int Index { get; set; }

    public bool HasNext => Index + 1 < items.Count;

    public bool TryGet(string asked, out object? value)
    {
        (bool found, value) = asked == Name ? (true, items[Index])
            : asked == Name + "_index" ? (true, (object?)(decimal)Index)
            : asked == Name + "_has_next" ? (true, HasNext)
            : (false, null);
        return found;
    }
}
