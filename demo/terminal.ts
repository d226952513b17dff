const columnWidth = 52

/** Two columns, one for each side of the call. */
export class Terminal {
  readonly #startedAt = performance.now()

  constructor(left: string, right: string) {
    this.#write('', bold(pad(left)), bold(right))
    this.#write('', '─'.repeat(columnWidth), '─'.repeat(columnWidth - 20))
  }

  left(text: string): void {
    this.#write(this.#time(), pad(text), '')
  }

  right(text: string): void {
    this.#write(this.#time(), pad(''), text)
  }

  note(text: string): void {
    console.log(`\n${text}`)
  }

  #time(): string {
    return `${((performance.now() - this.#startedAt) / 1000).toFixed(2)} s`
  }

  #write(time: string, left: string, right: string): void {
    console.log(`${time.padStart(8)}  ${left} │ ${right}`.trimEnd())
  }
}

function pad(text: string): string {
  return text.length > columnWidth ? `${text.slice(0, columnWidth - 1)}…` : text.padEnd(columnWidth)
}

function bold(text: string): string {
  return process.stdout.isTTY ? `\u001b[1m${text}\u001b[22m` : text
}
