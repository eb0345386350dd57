namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>A part of a template, ready to be written.</summary>
internal abstract record TemplateNode(int Line)
{
    /// <returns>What the list around it has to do next.</returns>
    public abstract TemplateFlow Write(TemplateScope scope);
}

internal enum TemplateFlow
{
    GoOn,
    NextItem,
    EndOfList,
}

internal sealed record PlainNode(string Text, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope)
    {
        scope.Output.Write(scope.Budget.Take(Text, Line), Line);
        return TemplateFlow.GoOn;
    }
}

internal sealed record ValueNode(TemplateExpression Value, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope)
    {
        scope.Output.Write(scope.Budget.Take(TemplateValues.Text(Value(scope), Line), Line), Line);
        return TemplateFlow.GoOn;
    }
}

internal sealed record FlowNode(TemplateFlow Flow, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope) => Flow;
}

internal sealed record BlockNode(IReadOnlyList<TemplateNode> Parts, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope)
    {
        foreach (TemplateNode part in Parts)
        {
            scope.Budget.Step(part.Line);
            if (part.Write(scope) is not TemplateFlow.GoOn and var flow)
            {
                return flow;
            }
        }

        return TemplateFlow.GoOn;
    }
}

internal sealed record ListNode(TemplateExpression Items, string Name, BlockNode Body, BlockNode? Empty, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope)
    {
        IReadOnlyList<object?> items = TemplateValues.Sequence(Items(scope), Line);
        if (items.Count == 0)
        {
            return Empty?.Write(scope) ?? TemplateFlow.GoOn;
        }

        TemplateLoop loop = new(Name, items);
        scope.Enter(loop);
        TemplateFlow flow = TemplateFlow.GoOn;
        for (int i = 0; i < items.Count && flow != TemplateFlow.EndOfList; i++)
        {
            scope.Budget.Step(Line);
            loop.Index = i;
            flow = Body.Write(scope);
        }

        scope.Leave();
        return TemplateFlow.GoOn;
    }
}

/// <summary>What stands between the items of a list.</summary>
internal sealed record BetweenNode(BlockNode Body, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope) => scope.InnermostLoop is { HasNext: true } ? Body.Write(scope) : TemplateFlow.GoOn;
}

/// <param name="Branches">The first whose condition is true; the last one's may be null.</param>
internal sealed record ChoiceNode(IReadOnlyList<(TemplateExpression? Condition, BlockNode Body)> Branches, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope)
    {
        foreach ((TemplateExpression? condition, BlockNode body) in Branches)
        {
            if (condition is null || TemplateValues.Truth(condition(scope), body.Line))
            {
                return body.Write(scope);
            }
        }

        return TemplateFlow.GoOn;
    }
}

internal sealed record AssignNode(string Name, TemplateExpression Value, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope)
    {
        scope.Set(Name, Value(scope) ?? throw TemplateValues.Wrong("a value", null, Line));
        return TemplateFlow.GoOn;
    }
}

/// <summary>Takes what would be written for the value of a variable.</summary>
internal sealed record CaptureNode(string Name, BlockNode Body, int Line) : TemplateNode(Line)
{
    public override TemplateFlow Write(TemplateScope scope)
    {
        TemplateOutput outer = scope.Output, captured = new();
        scope.Output = captured;
        TemplateFlow flow = Body.Write(scope);
        scope.Output = outer;
        scope.Set(Name, captured.Text);
        return flow;
    }
}
