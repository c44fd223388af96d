using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Cli.Login;
using Fairlead.Cli.Output;
using Fairlead.Contracts;
using Spectre.Console;

namespace Fairlead.Cli.Commands;

/// <summary>One run of one command: the line that was typed, the terminal, the server.</summary>
internal sealed class Invocation(ParseResult line, Terminal terminal) : IDisposable
{
    private FairleadClient? _client;

    public Terminal Terminal => terminal;

    public TimeProvider Time => TimeProvider.System;

    public bool Json => line.GetValue(GlobalOptions.Json);

    public T? Get<T>(Option<T> option) => line.GetValue(option);

    public T Get<T>(Argument<T> argument) => line.GetRequiredValue(argument);

    /// <summary>Whether the option stands on the line, so that "not said" and "empty" differ.</summary>
    public bool Given(Option option) => line.GetResult(option) is { Implicit: false };

    /// <summary>The server signed in to; FAIRLEAD_URL and FAIRLEAD_TOKEN go before what was remembered.</summary>
    public FairleadClient Client => _client ??= Connect();

    /// <summary>The value as one JSON document with <c>--json</c>, else as <paramref name="show"/> shows it.</summary>
    public void Answer<T>(T value, JsonTypeInfo<T> type, Action<T> show)
    {
        if (Json)
            terminal.Output.WriteLine(JsonSerializer.Serialize(value, type));
        else
            show(value);
    }

    /// <summary>Asks before something is destroyed, unless <c>--yes</c> stands on the line.</summary>
    /// <exception cref="OperationCanceledException">Not confirmed.</exception>
    public void AskFirst(string question)
    {
        if (!line.GetValue(GlobalOptions.Yes) && !terminal.Confirm(question))
            throw new OperationCanceledException("Not confirmed.");
    }

    /// <summary>Sends a body and reads the answer.</summary>
    public Task<TOut> Send<TIn, TOut>(
        HttpMethod method,
        string path,
        TIn body,
        JsonTypeInfo<TIn> input,
        JsonTypeInfo<TOut> output,
        CancellationToken cancel
    ) => Client.Send(method, path, JsonContent.Create(body, input), output, cancel);

    /// <summary>A value nobody may see on the command line: asked for, or the next line of standard input.</summary>
    /// <exception cref="FairleadException">Standard input ended.</exception>
    public string ReadSecret(string what) =>
        terminal.IsInteractive
            ? terminal.People.Prompt(new TextPrompt<string>(Markup.Escape(what) + ":").Secret())
            : ReadLine(what);

    /// <summary>Asked for, or the next line of standard input.</summary>
    /// <exception cref="FairleadException">Standard input ended.</exception>
    public string ReadLine(string what) =>
        terminal.IsInteractive ? terminal.People.Ask<string>(Markup.Escape(what) + ":")
        : Console.In.ReadLine()?.Trim() is { Length: > 0 } line ? line
        : throw new FairleadException(
            new Problem("client.input-missing", $"{what} was expected on standard input.", 400)
            {
                Remedy = "Pipe it in, or run the command in a terminal.",
            }
        );

    public void Dispose() => _client?.Dispose();

    private FairleadClient Connect()
    {
        var saved = SessionFile.Read();
        var server = line.GetValue(GlobalOptions.Server) ?? Environment.GetEnvironmentVariable("FAIRLEAD_URL");
        var token = Environment.GetEnvironmentVariable("FAIRLEAD_TOKEN");
        if (server is null && saved is null)
            throw new FairleadException(
                new Problem("client.no-server", "This machine is not signed in to a Fairlead server.", 401)
                {
                    Remedy = "Run `fairlead login ADDRESS`.",
                }
            );
        var sameServer = server is null || saved?.Server == server;
        return new FairleadClient(Address(server ?? saved!.Server), token ?? (sameServer ? saved?.Token : null));
    }

    /// <exception cref="FairleadException">It is not an http or https address.</exception>
    public static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new FairleadException(
                new Problem("client.address", $"'{text}' is not an address.", 400)
                {
                    Field = "server",
                    Remedy = "Write it like https://fairlead.example.com.",
                }
            );
}
