using Fairlead.Core.Secrets;
using Fairlead.Runner;
using Fairlead.Runner.Images;
using Fairlead.Runner.Steps;

if (RunnerArguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(RunnerArguments.Usage);
    return 2;
}
if (await Console.In.ReadLineAsync() is not { Length: > 0 } token)
{
    await Console.Error.WriteLineAsync("The job token has to come as one line on standard input.");
    return 2;
}
var job = new RunJob(
    (spec, programs) => ImageEngines.Create(EngineAccess.Of(spec.Engine, spec.Workspace), programs),
    TimeProvider.System
);
return await job.Run(arguments, new Secret(token));
