/** A number with its noun, such as "1 walk" or "3 walks". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
