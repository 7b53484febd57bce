const NAMES = [
  "Nautilus Kelpie Moray Brine Skerry Halyard Petrel Dory Anemone Murex",
  "Oyster Plankton Zephyr Sable Corsair Undertow Riptide Gull Abyssal Tern",
  "Pike Remora Selkie Drift Wrasse Squall Barnacle Limpet Krill Cuttle",
].flatMap((line) => line.split(" "));

/** The name of a bot by its place in the row; from the second round on with a number. */
export function botName(index: number): string {
  const round = Math.floor(index / NAMES.length) + 1;
  return NAMES[index % NAMES.length] + (round === 1 ? "" : ` ${round}`);
}
