const spellingAlphabet: Readonly<Record<string, string>> = {
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

/** Splits a code into groups: six or more digits in threes, eight characters in fours, everything else in pairs. */
export function groupCode(code: string): string[] {
  const size = /^\d{6,}$/.test(code) ? 3 : code.length === 8 ? 4 : 2
  return code.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
}

/**
 * Spells a code group by group: `Kilo seven, Romeo four`. Source: ICAO spelling alphabet. In other languages than English
 * the characters stand alone, and screen readers name them in the language of the page.
 */
export function spellOut(code: string, language = 'en'): string {
  const words = language === 'en' ? spellingAlphabet : {}
  return groupCode(code.toUpperCase())
    .map((group) => Array.from(group, (character) => words[character] ?? character).join(' '))
    .join(', ')
}
