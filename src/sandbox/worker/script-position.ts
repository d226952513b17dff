/** A script's name for stack traces, without parentheses and line breaks, which would hide its end. */
export function fileNameOf(name: string): string {
  return name.replace(/[()\r\n]/g, '_')
}

export type Position = { file: string; line: number; column: number }

/** The innermost frame of a guest stack in one of the files. Frames of the bindings are skipped. */
export function findPosition(stack: string | undefined, files: ReadonlySet<string>): Position | undefined {
  for (const frame of stack?.split('\n') ?? []) {
    const place = frame.endsWith(')') ? frame.slice(frame.lastIndexOf('(') + 1, -1) : frame.trim().slice(3)
    const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? []
    if (file !== undefined && files.has(file)) return { file, line: Number(line), column: Number(column) }
  }
  return undefined
}
