// The state of the controls: what a field may hold, and how an address carries it.

// A number for a control from text, or words that say why it is another one.
function accept(control, text, now) {
  const {words, least, most} = control, asked = String(text).trim(), number = asked === "" ? NaN : Number(asked);
  if (!Number.isFinite(number)) {
    return {value: now, said: `${words} needs a number from ${say(least)} to ${say(most)}; it stays at ${say(now, 6)}.`};
  }
  if (number < least) return {value: least, said: `${words} is at least ${say(least)}; it is set to ${say(least)}.`};
  if (number > most) return {value: most, said: `${words} is at most ${say(most)}; it is set to ${say(most)}.`};
  return {value: number, said: ""};
}

const parts = (fragment) => fragment.replace(/^#/, "").split(";").filter((part) => part.includes(":"));

// The state that the fragment of an address holds for an explorer, over its defaults; null when it holds none.
function readState(fragment, name, controls) {
  const mine = parts(fragment).find((part) => part.startsWith(`${name}:`));
  if (mine === undefined) return null;
  const given = Object.fromEntries(mine.slice(name.length + 1).split(",").map((pair) => pair.split("=")));
  const values = {}, said = [];
  for (const control of controls) {
    const found = Object.hasOwn(given, control.name) ? accept(control, given[control.name] ?? "", control.default) : null;
    values[control.name] = found ? found.value : control.default;
    if (found?.said) said.push(found.said);
  }
  return {values, said: said.join(" ")};
}

// The fragment with the state of one explorer in it; what others wrote there stays.
function writeState(fragment, name, values) {
  const others = parts(fragment).filter((part) => !part.startsWith(`${name}:`));
  const mine = Object.entries(values).map(([key, value]) => `${key}=${Number(value.toPrecision(15))}`);
  return `#${[...others, `${name}:${mine.join(",")}`].join(";")}`;
}
