using InferServe.Grammar.Machine;

namespace InferServe.Grammar.Json;

/// <summary>An array with some of its elements: the frame that waits for the next comma or the end.</summary>
internal sealed class ArrayProgress(ArrayExpression expression, ArrayElements elements) : Frame
{
    private ElementFrame? _elementFrame;

    public override void Resume(Continuation parent, StateBuilder builder)
    {
        var layout = expression.Layout;
        if (expression.CanEnd(elements))
        {
            builder.Enter(elements.Count == 0 ? layout.EmptyArrayClose : layout.ArrayClose, parent);
        }

        if (expression.Max is { } max && elements.Count >= max)
        {
            return;
        }

        if (elements.Count == 0)
        {
            EnterElement(parent, builder);
        }
        else if (CanGoOn(parent.Depth + 1, builder))
        {
            _elementFrame ??= new ElementFrame(this);
            builder.Enter(layout.Comma, builder.Push(_elementFrame, parent));
        }
    }

    private bool CanGoOn(int depth, StateBuilder builder)
    {
        foreach (var (value, meets) in expression.ElementAt(elements.Count).Variants)
        {
            if (builder.Fits(depth, value.MinDepth) && expression.CanComplete(expression.Add(elements, meets)))
            {
                return true;
            }
        }

        return false;
    }

    private void EnterElement(Continuation parent, StateBuilder builder)
    {
        foreach (var (value, meets) in expression.ElementAt(elements.Count).Variants)
        {
            var next = expression.Add(elements, meets);
            if (value.IsProductive && expression.CanComplete(next))
            {
                builder.Enter(value, builder.Push(expression.ProgressOf(next), parent));
            }
        }
    }

    /// <summary>Waits for the white space behind a comma.</summary>
    private sealed class ElementFrame(ArrayProgress progress) : Frame
    {
        public override void Resume(Continuation parent, StateBuilder builder) => progress.EnterElement(parent, builder);
    }
}
