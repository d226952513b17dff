/** Downloads a file: blobs and strings unchanged, other values as JSON. */
export function download(name: string, content: unknown): void {
  const url = URL.createObjectURL(content instanceof Blob ? content : jsonFile(content))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

function jsonFile(content: unknown): Blob {
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`
  return new Blob([text], { type: 'application/json' })
}
