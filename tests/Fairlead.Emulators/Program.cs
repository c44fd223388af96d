using Fairlead.Emulators;

return await Commands.Run(args);
