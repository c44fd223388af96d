namespace Fairlead.Programs.Git;

/// <summary>A name and an address as commits carry them.</summary>
public sealed record CommitName
{
    private static readonly char[] Odd = ['<', '>', '"', '\\', '\n', '\r', '\0'];

    /// <summary>What commits cannot carry is left out, as git itself would; a name of nothing is the address.</summary>
    public CommitName(string name, string mail)
    {
        (Name, Mail) = (Clean(name), Clean(mail));
        if (Name.Length == 0)
            Name = Mail;
    }

    public string Name { get; }
    public string Mail { get; }

    /// <summary>Reads <c>Name &lt;mail&gt;</c>; null when it is not of that form.</summary>
    public static CommitName? Parse(string text) =>
        text.Trim().TrimEnd('>').Split('<') is [var name, var mail]
        && text.TrimEnd().EndsWith('>')
        && name.Trim().Length > 0
        && mail.Contains('@')
            ? new CommitName(name.Trim(), mail.Trim())
            : null;

    private static string Clean(string text) =>
        string.Concat(text.Where(sign => !char.IsControl(sign) && !Odd.Contains(sign))).Trim(' ', '.', ',', ':', ';');
}

/// <param name="Author">Who wanted it.</param>
/// <param name="Committer">Who did it.</param>
public sealed record CommitIdentity(CommitName Author, CommitName Committer);
