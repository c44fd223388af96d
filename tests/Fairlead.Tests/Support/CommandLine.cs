using System.Text;
using System.Text.Json;
using Fairlead.Programs;

namespace Fairlead.Tests.Support;

/// <summary>How one call of the real <c>fairlead</c> program ended.</summary>
public sealed record Said(int Code, string Output, string Words)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>The real <c>fairlead</c> program, with a home of its own.</summary>
public sealed class CommandLine(TempDir home)
{
    public Task<Said> Run(params string[] arguments) => RunWith("", arguments);

    /// <param name="input">Standard input; never a terminal, so nothing can be asked.</param>
    public async Task<Said> RunWith(string input, params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home["."],
            ["NO_COLOR"] = "1",
            ["COLUMNS"] = "200",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root)
            environment["DOTNET_ROOT"] = root;
        var call = new ProgramCall(BuiltPrograms.Cli, arguments)
        {
            Input = Encoding.UTF8.GetBytes(input),
            Environment = environment,
        };
        var run = await new ProgramRunner(TimeProvider.System).Run(call, TestContext.Current.CancellationToken);
        Assert.True(run.Ok, run.Failure?.Sentence);
        return new Said(run.Value.ExitCode, run.Value.Output, run.Value.Error);
    }
}
