using CodeExec.Infra.Tests.Bicep;
using CodeExec.Infra.Tests.Bicep.Evaluation;
using CodeExec.Infra.Tests.Bicep.Syntax;

namespace CodeExec.Infra.Tests.Checks;

/// <summary>Every name stands for something, for one thing only, and for something that is used.</summary>
internal static class SymbolCheck
{
    private static readonly string[] Decorators = ["description", "minLength", "maxLength", "minValue", "maxValue", "allowed", "secure"];

    public static IEnumerable<string> Problems(Templates templates) => templates.All.SelectMany(Problems);

    private static IEnumerable<string> Problems(Template file)
    {
        HashSet<string> used = [];
        List<string> problems = [];
        Declaration[] all = [.. file.Declarations, .. file.Resources.Where(resource => resource.Parent is not null).Select(resource => resource.Declared)];
        string[] declared = file.IsParameterFile ? [] : [.. all.Where(d => d is not (Declaration.Output or Declaration.Scope or Declaration.Using)).Select(d => d.Name)];
        problems.AddRange(declared.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => $"{file.Path}: {same.Key} is declared {same.Count()} times."));
        foreach (Declaration declaration in file.Declarations)
        {
            bool isDecorated = declaration is Declaration.Parameter;
            foreach (Expression expression in declaration.Expressions())
            {
                bool isDecorator = isDecorated && expression is Expression.Call call && ((Declaration.Parameter)declaration).Decorators.Contains(call);
                Visit(expression, isDecorator, new HashSet<string>(declared));
            }
        }
        problems.AddRange(file.Declarations.OfType<Declaration.Parameter>().Where(_ => !file.IsParameterFile).Select(parameter => parameter.Name)
            .Concat(file.Declarations.OfType<Declaration.Variable>().Select(variable => variable.Name))
            .Where(name => !used.Contains(name))
            .Select(name => $"{file.Path}: nothing uses {name}."));
        return problems;

        void Visit(Expression expression, bool isDecorator, HashSet<string> visible)
        {
            switch (expression)
            {
                case Expression.Name name when !visible.Contains(name.Value):
                    problems.Add($"{file.Path}:{name.Line}: nothing is called {name.Value}.");
                    break;
                case Expression.Name name:
                    used.Add(name.Value);
                    break;
                case Expression.Call { On: null } call when !(isDecorator ? Decorators.Contains(call.Function) : BicepFunctions.Knows(call.Function)):
                    problems.Add($"{file.Path}:{call.Line}: there is no function {call.Function}().");
                    break;
                default:
                    break;
            }
            HashSet<string> inner = expression switch
            {
                Expression.Lambda lambda => [.. visible, .. lambda.Names],
                Expression.For each => [.. visible, .. each.Names],
                _ => visible,
            };
            foreach (Expression part in expression.Parts())
            {
                Visit(part, false, expression is Expression.For each && part == each.In ? visible : inner);
            }
        }
    }
}
