using System.CommandLine;
using Fairlead.Contracts;

namespace Fairlead.Cli.Commands;

/// <summary>Settings and secrets of connections and credentials. A secret's value never stands on the line.</summary>
internal sealed class SettingOptions
{
    private readonly Option<string[]> _settings = new("--set")
    {
        Description = "FIELD=VALUE; `fairlead connection kinds` lists the fields; repeatable",
    };

    private readonly Option<string[]> _files = new("--set-file")
    {
        Description = "FIELD=PATH: the field is what the file holds, such as a certificate; repeatable",
    };

    private readonly Option<string[]> _secrets = new("--secret")
    {
        Description = "FIELD: its value is asked for, or read as the next line of standard input; repeatable",
    };

    private readonly Option<string[]> _secretFiles = new("--secret-file")
    {
        Description = "FIELD=PATH: the secret is what the file holds, such as an SSH key; repeatable",
    };

    public Symbol[] All => [_settings, _files, _secrets, _secretFiles];

    public Dictionary<string, string> Settings(Invocation call) =>
        Pairs(call, _settings).Concat(Files(call, _files)).ToDictionary();

    public Dictionary<string, string> Secrets(Invocation call) =>
        (call.Get(_secrets) ?? [])
            .Select(field => KeyValuePair.Create(field, call.ReadSecret(field)))
            .Concat(Files(call, _secretFiles))
            .ToDictionary();

    private static IEnumerable<KeyValuePair<string, string>> Files(Invocation call, Option<string[]> option) =>
        Pairs(call, option).Select(pair => KeyValuePair.Create(pair.Key, ReadFile(pair.Value)));

    private static IEnumerable<KeyValuePair<string, string>> Pairs(Invocation call, Option<string[]> option) =>
        (call.Get(option) ?? []).Select(Pair);

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=');
        return equals > 0 ? new(text[..equals], text[(equals + 1)..]) : throw Malformed(text);
    }

    /// <exception cref="FairleadException">It cannot be read.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new FairleadException(new Problem("client.file", $"The file {path} cannot be read.", 400), cause);
        }
    }

    private static FairleadException Malformed(string text) =>
        new(new Problem("client.setting", $"'{text}' is not of the form FIELD=VALUE.", 400));
}
