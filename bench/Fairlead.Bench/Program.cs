using Fairlead.Bench;

return args switch
{
    ["seed", var data, var keyFile] => await Seed.Run(data, keyFile),
    ["floor", var port, var secret] => await Floor.Run(int.Parse(port), secret),
    _ => 64,
};
