/**
 * Splits the description of a page into remarks about its choices and the rest. A line that begins with a choice and a colon
 * is the remark of that choice.
 */
export function choiceNotes(
  description = '',
  choices: readonly string[],
): { notes: readonly (string | undefined)[]; rest: string } {
  const lines = description.split('\n')
  const isNote = (line: string) => choices.some((choice) => line.startsWith(`${choice}: `))
  return {
    notes: choices.map((choice) => {
      const prefix = `${choice}: `
      return lines.find((line) => line.startsWith(prefix))?.slice(prefix.length)
    }),
    rest: lines.filter((line) => !isNote(line)).join(' '),
  }
}
