namespace InferServe.Grammar.Compilation;

/// <summary>Counts the steps of compiling one grammar and ends it with an error that names the limit.</summary>
internal sealed class CompileBudget(GrammarLimits limits)
{
    private long _steps;

    public GrammarLimits Limits { get; } = limits;

    public long Steps => _steps;

    public void Spend(long steps)
    {
        _steps += steps;
        if (_steps > Limits.MaxCompileSteps)
        {
            throw new GrammarException($"The grammar needs more than {nameof(GrammarLimits.MaxCompileSteps)} = {Limits.MaxCompileSteps} steps to compile.");
        }
    }

    public void CheckStates(int states)
    {
        if (states > Limits.MaxAutomatonStates)
        {
            throw new GrammarException(
                $"An automaton of the grammar has more than {nameof(GrammarLimits.MaxAutomatonStates)} = {Limits.MaxAutomatonStates} states.");
        }
    }
}
