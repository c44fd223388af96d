using Fairlead.Cli;
using Fairlead.Cli.Commands;
using Fairlead.Cli.Output;

var line = FairleadCommand.Create(new Terminal()).Parse(args);
var code = await line.InvokeAsync();
return line.Errors.Count > 0 ? ExitCodes.Usage : code;
