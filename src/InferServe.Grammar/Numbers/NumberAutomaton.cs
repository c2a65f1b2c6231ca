using System.Text;
using InferServe.Grammar.Automata;
using InferServe.Grammar.Compilation;

namespace InferServe.Grammar.Numbers;

/// <summary>
/// Builds the automaton of the numbers that fulfil a constraint, digit by digit and without rounding. Numbers that are compared with
/// anything but 0 are written without an exponent, integers without a point: each value has such a form.
/// </summary>
internal sealed class NumberAutomaton
{
    private static readonly byte[] s_representatives = "x0123456789-.e+"u8.ToArray();

    private readonly NumberConstraint _constraint;
    private readonly (ExactDecimal Value, string Integer, string Fraction)[] _compared;
    private readonly (long Modulus, int FractionDigits)[] _divisors;
    private readonly int _lastIntegerPosition;
    private readonly int _lastFractionPosition;
    private readonly bool _exponents;

    private NumberAutomaton(NumberConstraint constraint, string where)
    {
        _constraint = constraint;
        IEnumerable<ExactDecimal> compared = [.. new[] { constraint.Lower, constraint.Upper }.OfType<ExactDecimal>(), .. constraint.Forbidden];
        _compared = [.. compared.Distinct().Select(value => (value, value.IntegerDigits, value.FractionDigits))];
        _divisors = [.. constraint.MultiplesOf.Concat(constraint.NotMultiplesOf).Select(divisor => DivisorOf(divisor, where))];
        _lastIntegerPosition = _compared.Select(number => number.Integer.Length).DefaultIfEmpty(0).Max() + 1;
        _lastFractionPosition = _compared.Select(number => number.Fraction.Length).Concat(_divisors.Select(divisor => divisor.FractionDigits))
            .DefaultIfEmpty(0).Max();
        _exponents = constraint.Integers && constraint.Fractions && _divisors.Length == 0 && _compared.All(number => number.Value.Sign == 0);
    }

    /// <param name="constraint">What the numbers fulfil.</param>
    /// <param name="where">Names the place in messages.</param>
    /// <param name="budget">Bounds the work.</param>
    public static Dfa Build(NumberConstraint constraint, string where, CompileBudget budget)
    {
        var automaton = new NumberAutomaton(constraint, where).Build(budget);
        if (constraint.Allowed is not { } allowed)
        {
            return automaton;
        }

        var nfa = new Nfa(budget);
        var (start, final) = (nfa.AddState(), nfa.AddState());
        foreach (var text in allowed.Select(value => value.ToString()))
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            if (automaton.Match(bytes) != 0)
            {
                nfa.AddText(start, bytes, final);
            }
        }

        return SubsetConstruction.Determinize(nfa, start, final, budget);
    }

    private static (long, int) DivisorOf(ExactDecimal divisor, string where)
    {
        var fractionDigits = divisor.FractionDigits.Length;
        var digits = divisor.IntegerDigits + divisor.FractionDigits;
        return long.TryParse(digits, out var modulus) && modulus is > 0 and < 1_000_000_000
            ? (modulus, fractionDigits)
            : throw new GrammarException($"{where}: \"multipleOf\" {divisor} is not supported; it must have fewer than 10 digits.");
    }

    private Dfa Build(CompileBudget budget)
    {
        var classOf = new byte[256];
        for (var @class = 1; @class < s_representatives.Length; @class++)
        {
            classOf[s_representatives[@class]] = (byte)@class;
        }

        classOf['E'] = classOf['e'];
        var start = new NumberState(NumberPhase.Start, false, false, false, 0, new int[_compared.Length + _divisors.Length]);
        return DfaBuilder.Explore(
            start,
            classOf,
            s_representatives.Length,
            (state, @class) => @class == 0 ? (false, state) : Step(state, s_representatives[@class]),
            state => Accepts(state) ? 1 : 0,
            budget);
    }

    private (bool Exists, NumberState State) Step(NumberState state, byte value)
    {
        NumberState? next = (state.Phase, value) switch
        {
            (NumberPhase.Start, (byte)'-') => new NumberState(NumberPhase.Minus, true, false, false, 0, state.Marks),
            (NumberPhase.Start or NumberPhase.Minus, (byte)'0') => Move(state, NumberPhase.Zero, 0),
            (NumberPhase.Start or NumberPhase.Minus or NumberPhase.Integer, >= (byte)'0' and <= (byte)'9') => IntegerDigit(state, value - '0'),
            (NumberPhase.Zero or NumberPhase.Integer, (byte)'.') when _constraint.Fractions =>
                new NumberState(NumberPhase.Point, state.Negative, state.Nonzero, false, 0, Resolve(state)),
            (NumberPhase.Point or NumberPhase.Fraction, >= (byte)'0' and <= (byte)'9') => FractionDigit(state, value - '0'),
            (NumberPhase.Zero or NumberPhase.Integer or NumberPhase.Fraction, (byte)'e') when _exponents => Move(state, NumberPhase.Exponent, 0),
            (NumberPhase.Exponent, (byte)'-' or (byte)'+') => Move(state, NumberPhase.ExponentSign, 0),
            (NumberPhase.Exponent or NumberPhase.ExponentSign or NumberPhase.ExponentDigits, >= (byte)'0' and <= (byte)'9') =>
                Move(state, NumberPhase.ExponentDigits, 0),
            _ => null,
        };
        return next is null ? (false, state) : (true, next);
    }

    private static NumberState Move(NumberState state, NumberPhase phase, int position) =>
        new(phase, state.Negative, state.Nonzero, state.Fraction, position, state.Marks);

    private NumberState IntegerDigit(NumberState state, int digit)
    {
        var marks = (int[])state.Marks.Clone();
        for (var i = 0; i < _compared.Length; i++)
        {
            var digits = _compared[i].Integer;
            if (marks[i] == 0 && state.Position < digits.Length)
            {
                marks[i] = digit.CompareTo(digits[state.Position] - '0');
            }
        }

        ReadRemainders(marks, digit, 0);
        var position = Math.Min(state.Position + 1, _lastIntegerPosition);
        return new NumberState(NumberPhase.Integer, state.Negative, true, false, position, marks);
    }

    private NumberState FractionDigit(NumberState state, int digit)
    {
        var marks = (int[])state.Marks.Clone();
        for (var i = 0; i < _compared.Length; i++)
        {
            var digits = _compared[i].Fraction;
            if (marks[i] == 0)
            {
                marks[i] = digit.CompareTo(state.Position < digits.Length ? digits[state.Position] - '0' : 0);
            }
        }

        ReadRemainders(marks, digit, state.Position + 1);
        var position = Math.Min(state.Position + 1, _lastFractionPosition);
        var nonzero = state.Nonzero || digit != 0;
        return new NumberState(NumberPhase.Fraction, state.Negative, nonzero, state.Fraction || digit != 0, position, marks);
    }

    private void ReadRemainders(int[] marks, int digit, int fractionDigits)
    {
        for (var i = 0; i < _divisors.Length; i++)
        {
            ref var remainder = ref marks[_compared.Length + i];
            if (fractionDigits > _divisors[i].FractionDigits)
            {
                remainder = digit == 0 ? remainder : -1;
            }
            else if (remainder >= 0)
            {
                remainder = (int)(((remainder * 10L) + digit) % _divisors[i].Modulus);
            }
        }
    }

    /// <summary>Comparisons at the end of the integer part: with a different number of digits, the longer one is larger.</summary>
    private int[] Resolve(NumberState state)
    {
        var marks = (int[])state.Marks.Clone();
        for (var i = 0; i < _compared.Length; i++)
        {
            var order = state.Position.CompareTo(_compared[i].Integer.Length);
            marks[i] = order != 0 ? order : marks[i];
        }

        return marks;
    }

    private bool Accepts(NumberState state)
    {
        if (state.Phase is not (NumberPhase.Zero or NumberPhase.Integer or NumberPhase.Fraction or NumberPhase.ExponentDigits)
            || (!_constraint.Integers && !state.Fraction))
        {
            return false;
        }

        var fractionDigits = state.Phase == NumberPhase.Fraction ? state.Position : 0;
        var marks = state.Phase is NumberPhase.Zero or NumberPhase.Integer ? Resolve(state) : state.Marks;
        for (var i = 0; i < _compared.Length; i++)
        {
            if (!Fulfils(_compared[i].Value, Order(state, i, marks[i], fractionDigits)))
            {
                return false;
            }
        }

        for (var i = 0; i < _divisors.Length; i++)
        {
            if (Divides(_divisors[i], marks[_compared.Length + i], fractionDigits) != (i < _constraint.MultiplesOf.Count))
            {
                return false;
            }
        }

        return true;
    }

    private int Order(NumberState state, int index, int mark, int fractionDigits)
    {
        var (value, _, fraction) = _compared[index];
        var sign = !state.Nonzero ? 0 : state.Negative ? -1 : 1;
        if (sign != value.Sign || sign == 0)
        {
            return sign.CompareTo(value.Sign);
        }

        var size = mark != 0 ? mark : fractionDigits < fraction.Length ? -1 : 0;
        return sign * size;
    }

    private bool Fulfils(ExactDecimal value, int order) =>
        !(_constraint.Lower == value && (order < 0 || (order == 0 && _constraint.LowerExclusive)))
        && !(_constraint.Upper == value && (order > 0 || (order == 0 && _constraint.UpperExclusive)))
        && !(order == 0 && _constraint.Forbidden.Contains(value));

    private static bool Divides((long Modulus, int FractionDigits) divisor, int remainder, int fractionDigits)
    {
        if (remainder < 0)
        {
            return false;
        }

        long rest = remainder;
        for (var digit = fractionDigits; digit < divisor.FractionDigits; digit++)
        {
            rest = rest * 10 % divisor.Modulus;
        }

        return rest % divisor.Modulus == 0;
    }
}
