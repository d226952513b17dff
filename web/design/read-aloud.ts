const words: Readonly<Record<string, string>> = {
  A: 'Alfa',
  B: 'Bravo',
  C: 'Charlie',
  D: 'Delta',
  E: 'Echo',
  F: 'Foxtrot',
  G: 'Golf',
  H: 'Hotel',
  I: 'India',
  J: 'Juliett',
  K: 'Kilo',
  L: 'Lima',
  M: 'Mike',
  N: 'November',
  O: 'Oscar',
  P: 'Papa',
  Q: 'Quebec',
  R: 'Romeo',
  S: 'Sierra',
  T: 'Tango',
  U: 'Uniform',
  V: 'Victor',
  W: 'Whiskey',
  X: 'X-ray',
  Y: 'Yankee',
  Z: 'Zulu',
  0: 'zero',
  1: 'one',
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
}

/** A code in groups, as it is read: six digits in threes, anything else in pairs. */
export function groupsOf(code: string): string[] {
  const size = /^\d{6,}$/.test(code) ? 3 : 2
  return code.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
}

/** The spelling words of a code, group by group: `Kilo seven, Romeo four`. Source: ICAO spelling alphabet. */
export function spelled(code: string): string {
  return groupsOf(code.toUpperCase())
    .map((group) => Array.from(group, (sign) => words[sign] ?? sign).join(' '))
    .join(', ')
}
