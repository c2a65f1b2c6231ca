using System.Globalization;
using InferServe.Contracts.Errors;

namespace InferServe.Contracts.Validation;

/// <summary>Collects the violated rules of one request and makes one answer of them.</summary>
public sealed class RuleViolations
{
    /// <summary>The most violations that one answer spells out; the rest is counted.</summary>
    private const int MaxSpelledOut = 8;

    private readonly List<RuleViolation> _items = [];
    private int _count;

    /// <summary>The first violations, in the order of the checks.</summary>
    public IReadOnlyList<RuleViolation> Items => _items;

    /// <summary>True when no rule is violated.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Adds a violated rule.</summary>
    public void Add(string param, string message, string code = ErrorCodes.InvalidValue)
    {
        _count++;
        if (_items.Count < MaxSpelledOut)
        {
            _items.Add(new RuleViolation(param, message, code));
        }
    }

    /// <summary>Adds something that the API has and this server does not act on yet, unless the field is wrong anyway.</summary>
    public void AddNotSupported(string param, string what)
    {
        if (!_items.Exists(item => item.Param == param))
        {
            Add(param, $"{what} is not supported by this server yet.", ErrorCodes.NotSupported);
        }
    }

    /// <summary>The 400 that names every rule; <c>param</c> and <c>code</c> are those of the first.</summary>
    /// <exception cref="InvalidOperationException">No rule is violated.</exception>
    public ApiError ToError()
    {
        if (IsEmpty)
        {
            throw new InvalidOperationException("No rule is violated.");
        }

        var first = _items[0];
        return new ApiError
        {
            Status = 400,
            Message = string.Join(' ', _items.Select(item => item.Message))
                + (_count > _items.Count ? string.Create(CultureInfo.InvariantCulture, $" And {_count - _items.Count} more.") : string.Empty),
            Type = ErrorTypes.InvalidRequest,
            Param = first.Param.Length == 0 ? null : first.Param,
            Code = first.Code,
        };
    }

    /// <summary>Ends the request when a rule is violated.</summary>
    /// <exception cref="ApiException">A rule is violated.</exception>
    public void ThrowIfAny()
    {
        if (!IsEmpty)
        {
            throw new ApiException(ToError());
        }
    }
}
