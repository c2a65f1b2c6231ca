using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using InferServe.Tokenization.ChatTemplates.Values;

namespace InferServe.Tokenization.ChatTemplates.Evaluation;

/// <summary>What one rendering has used of its <see cref="TemplateLimits"/>, where it is, and what it has written.</summary>
internal sealed class RenderState(TemplateLimits limits, TimeProvider clock)
{
    private long _steps;
    private long _allocatedCharacters;
    private int _callDepth;
    private StringBuilder _output = new();

    public TemplateLimits Limits => limits;

    public TimeProvider Clock => clock;

    /// <summary>The scope of the template's top level, which blocks see.</summary>
    public Scope? Outermost { get; init; }

    /// <summary>The line being evaluated, for error messages.</summary>
    public int Line { get; set; }

    /// <summary>
    /// Counts evaluation steps. Every recursion of the evaluator passes here, so that this is also where the stack is watched.
    /// </summary>
    public void Step(long count = 1)
    {
        _steps += count;
        if (_steps > limits.MaxSteps)
        {
            throw Exceeded(nameof(TemplateLimits.MaxSteps), $"the rendering takes more than {limits.MaxSteps} steps");
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Exceeded(nameof(TemplateLimits.MaxCallDepth), "values or calls are nested too deeply");
        }
    }

    /// <summary>Fails when a string of this length would be too long; asked before the string is built.</summary>
    public void CheckLength(long characters)
    {
        if (characters > limits.MaxOutputCharacters)
        {
            throw Exceeded(
                nameof(TemplateLimits.MaxOutputCharacters),
                $"a text grows to {characters} characters, more than {limits.MaxOutputCharacters}");
        }
    }

    /// <summary>Accounts for a string that an operation has built.</summary>
    public string Built(string text)
    {
        CheckLength(text.Length);
        Allocate(text.Length);
        return text;
    }

    /// <summary>Accounts for characters that an operation builds.</summary>
    public void Allocate(long characters)
    {
        _allocatedCharacters += characters;
        if (_allocatedCharacters > limits.MaxAllocatedCharacters)
        {
            throw Exceeded(
                nameof(TemplateLimits.MaxAllocatedCharacters),
                $"the rendering builds strings of more than {limits.MaxAllocatedCharacters} characters together");
        }
    }

    /// <summary>Accounts for characters that an operation reads through.</summary>
    public void Scan(long characters) => Step(characters / 64);

    /// <summary>Accounts for a search, whose worst case is the product of the lengths: that counts for long needles.</summary>
    public void Search(string text, string wanted)
    {
        long product = wanted.Length is > 256 and var length && length <= text.Length ? (long)text.Length * length : 0;
        Step((text.Length / 64) + (product / 1024));
    }

    public void CheckIntegerBits(long bits)
    {
        if (bits > limits.MaxIntegerBits)
        {
            throw Exceeded(nameof(TemplateLimits.MaxIntegerBits), $"a whole number needs more than {limits.MaxIntegerBits} bits");
        }
    }

    public IntegerValue Integer(BigInteger value)
    {
        CheckIntegerBits(value.GetBitLength());
        return new IntegerValue(value);
    }

    public void EnterCall()
    {
        if (++_callDepth > limits.MaxCallDepth)
        {
            throw Exceeded(nameof(TemplateLimits.MaxCallDepth), $"macros call each other more than {limits.MaxCallDepth} deep");
        }
    }

    public void LeaveCall() => _callDepth--;

    public void Write(string text)
    {
        CheckLength((long)_output.Length + text.Length);
        Allocate(text.Length);
        _output.Append(text);
    }

    /// <summary>Runs something and returns what it wrote, in place of writing it.</summary>
    public string Capture(Action write)
    {
        StringBuilder outer = _output;
        _output = new StringBuilder();
        write();
        string text = _output.ToString();
        _output = outer;
        return text;
    }

    public string Output() => _output.ToString();

    public TemplateException Fail(string reason) => new(reason, Line);

    private TemplateLimitException Exceeded(string limit, string reason) => new(limit, reason, Line);
}
