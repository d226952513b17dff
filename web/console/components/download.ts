/** Hands a file to the person: as it came, a text as it is, or anything else as JSON. */
export function download(name: string, content: unknown): void {
  const address = URL.createObjectURL(content instanceof Blob ? content : jsonFile(content))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

function jsonFile(content: unknown): Blob {
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`
  return new Blob([text], { type: 'application/json' })
}
