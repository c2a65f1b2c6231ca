namespace InferServe.Grammar.Machine;

/// <summary>
/// Computes for a graph of expressions what following a text needs: which match the empty text, how deep a stack each needs at least,
/// and an order in which an expression comes before those it may begin with. No recursion, so that any graph is fine.
/// </summary>
internal static class ExpressionAnalysis
{
    /// <summary>Fills in all expressions reachable from the root and returns them.</summary>
    /// <exception cref="GrammarException">A rule is left-recursive.</exception>
    public static IReadOnlyList<Expression> Prepare(Expression root)
    {
        var expressions = Reachable(root);
        var users = new Dictionary<Expression, List<Expression>>();
        foreach (var expression in expressions)
        {
            users.TryAdd(expression, []);
        }

        foreach (var expression in expressions)
        {
            foreach (var part in expression.Parts)
            {
                users[part].Add(expression);
            }
        }

        Settle(expressions, users, expression =>
        {
            var nullable = expression.ComputeIsNullable();
            var changed = nullable != expression.IsNullable;
            expression.IsNullable = nullable;
            return changed;
        });
        Settle(expressions, users, expression =>
        {
            var depth = expression.ComputeMinDepth();
            var changed = depth != expression.MinDepth;
            expression.MinDepth = depth;
            return changed;
        });
        AssignRanks(expressions);
        return expressions;
    }

    private static List<Expression> Reachable(Expression root)
    {
        var seen = new HashSet<Expression> { root };
        var expressions = new List<Expression> { root };
        for (var i = 0; i < expressions.Count; i++)
        {
            foreach (var part in expressions[i].Parts)
            {
                if (seen.Add(part))
                {
                    expressions.Add(part);
                }
            }
        }

        return expressions;
    }

    /// <summary>Updates until nothing changes, beginning with the parts.</summary>
    private static void Settle(List<Expression> expressions, Dictionary<Expression, List<Expression>> users, Func<Expression, bool> update)
    {
        var queue = new Queue<Expression>(Enumerable.Reverse(expressions));
        var queued = new HashSet<Expression>(expressions);
        while (queue.TryDequeue(out var expression))
        {
            queued.Remove(expression);
            if (!update(expression))
            {
                continue;
            }

            foreach (var user in users[expression])
            {
                if (queued.Add(user))
                {
                    queue.Enqueue(user);
                }
            }
        }
    }

    /// <summary>Orders by depth-first search: an expression is numbered after all that it may begin with; ranks are the reverse.</summary>
    private static void AssignRanks(List<Expression> expressions)
    {
        var status = new Dictionary<Expression, bool>();
        var finished = 0;
        foreach (var start in expressions)
        {
            if (status.ContainsKey(start))
            {
                continue;
            }

            var path = new Stack<(Expression Expression, IEnumerator<Expression> Remaining)>();
            status.Add(start, false);
            path.Push((start, start.Beginnings.GetEnumerator()));
            while (path.TryPeek(out var top))
            {
                if (!top.Remaining.MoveNext())
                {
                    path.Pop();
                    status[top.Expression] = true;
                    top.Expression.Rank = expressions.Count - ++finished;
                    continue;
                }

                var next = top.Remaining.Current;
                if (!status.TryGetValue(next, out var done))
                {
                    status.Add(next, false);
                    path.Push((next, next.Beginnings.GetEnumerator()));
                }
                else if (!done)
                {
                    throw LeftRecursion(path.Select(step => step.Expression), next);
                }
            }
        }
    }

    private static GrammarException LeftRecursion(IEnumerable<Expression> path, Expression target)
    {
        var rule = path.TakeWhile(step => step != target).Append(target).OfType<RuleExpression>().LastOrDefault();
        return new GrammarException(
            $"The rule '{rule?.Name}' is left-recursive: it may begin with itself. Write the repetition with '*' or with the recursion last.");
    }
}
