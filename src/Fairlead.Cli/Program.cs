using Fairlead.Cli.Commands;
using Fairlead.Cli.Output;

return await FairleadCommand.Create(new Terminal()).Parse(args).InvokeAsync();
