namespace InferServe.Grammar.Schemas;

/// <summary>Regular expressions of addresses: RFC 3986 (URI), RFC 3987 (IRI), RFC 6570 (templates).</summary>
/// <param name="letters">Characters that may stand beside those of a URI, as part of a class.</param>
internal sealed class AddressPatterns(string letters)
{
    private const string Octet = @"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)";

    /// <summary>Four octets, without leading zeros.</summary>
    public const string Ipv4 = Octet + @"(?:\." + Octet + "){3}";

    private const string Group = "[0-9a-fA-F]{1,4}";
    private const string LastGroups = "(?:" + Group + ":" + Group + "|" + Ipv4 + ")";

    /// <summary>RFC 3986, appendix A.</summary>
    public const string Ipv6 = "(?:(?:" + Group + ":){6}" + LastGroups
        + "|::(?:" + Group + ":){5}" + LastGroups
        + "|(?:" + Group + ")?::(?:" + Group + ":){4}" + LastGroups
        + "|(?:(?:" + Group + ":){0,1}" + Group + ")?::(?:" + Group + ":){3}" + LastGroups
        + "|(?:(?:" + Group + ":){0,2}" + Group + ")?::(?:" + Group + ":){2}" + LastGroups
        + "|(?:(?:" + Group + ":){0,3}" + Group + ")?::" + Group + ":" + LastGroups
        + "|(?:(?:" + Group + ":){0,4}" + Group + ")?::" + LastGroups
        + "|(?:(?:" + Group + ":){0,5}" + Group + ")?::" + Group
        + "|(?:(?:" + Group + ":){0,6}" + Group + ")?::)";

    // RFC 3987, ucschar.
    private const string OtherLetters = @"\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{1fffd}\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}";

    private const string Escape = "%[0-9A-Fa-f]{2}";
    private const string Scheme = "[A-Za-z][A-Za-z0-9+.-]*:";
    private const string Variable = "(?:[A-Za-z0-9_]|" + Escape + @")(?:\.?(?:[A-Za-z0-9_]|" + Escape + @"))*(?::[1-9]\d{0,3}|\*)?";

    /// <summary>A template with simple, reserved, path, query and other expressions.</summary>
    public const string Template = @"(?:[^\x00- ""'%<>\\^`{|}\x7f]|" + Escape + @"|\{[+#./;?&=,!@|]?" + Variable + "(?:," + Variable + @")*\})*";

    public static AddressPatterns Uri { get; } = new(string.Empty);

    public static AddressPatterns Iri { get; } = new(OtherLetters);

    /// <summary>With a scheme.</summary>
    public string Absolute => Scheme + "(?:" + Network + "|" + PathAbsolute + "|" + Character + "+(?:/" + Character + "*)*)?" + QueryAndFragment;

    /// <summary>With a scheme or relative to another address.</summary>
    public string Reference => "(?:" + Absolute + "|(?:" + Network + "|" + PathAbsolute + "|" + CharacterOf("@") + "+(?:/" + Character + "*)*)?" + QueryAndFragment + ")";

    /// <summary>One character of a path.</summary>
    private string Character => CharacterOf(":@");

    private string Network => "//(?:" + CharacterOf(":") + @"*@)?(?:\[" + Ipv6 + @"\]|" + CharacterOf("") + @"*)(?::\d*)?(?:/" + Character + "*)*";

    private string PathAbsolute => "/(?:" + Character + "+(?:/" + Character + "*)*)?";

    private string QueryAndFragment => @"(?:\?(?:" + Character + "|[/?])*)?(?:#(?:" + Character + "|[/?])*)?";

    private string CharacterOf(string more) => "(?:[A-Za-z0-9._~!$&'()*+,;=" + more + letters + "-]|" + Escape + ")";
}
