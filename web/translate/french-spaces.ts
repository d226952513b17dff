/** Texts in French: no line may break at the space before `: ; ? !`, or inside of quotation marks. */
export function withFrenchSpaces<Texts extends object>(texts: Texts): Texts {
  const bound = Object.entries(texts).map(([key, text]: [string, unknown]) => [key, boundIn(text)])
  return Object.fromEntries(bound)
}

function boundIn(text: unknown): unknown {
  if (typeof text === 'string') return text.replace(/ (?=[:;?!»])/g, '\u00a0').replace(/« /g, '«\u00a0')
  // The forms of a number, or a group of texts.
  return typeof text === 'object' && text !== null ? withFrenchSpaces(text) : text
}
