import { type FileToSend, maxImportBytes } from '../../../api/journey-exchange.ts'

/** A chosen or dropped file. The path is relative to the chosen folder. */
export type ChosenFile = { path: string; file: File }

/** The files exceed the server's limit. */
export class TooLargeError extends Error {}

/** Files that are read from folders: exports, and the sources of scripts and texts. */
const inFolders = /\.(json|js|groovy|html|md|css)$/i

export function chosenFrom(files: readonly File[]): ChosenFile[] {
  return files
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => !path.includes('/') || isOfUse(path))
}

/**
 * Files and folders of a drop. `DataTransfer` is only readable during the event, so entries are collected
 * before the first await.
 */
export async function chosenFromDrop(dropped: DataTransfer): Promise<ChosenFile[]> {
  const items = [...dropped.items].filter(({ kind }) => kind === 'file')
  const found = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const chosen = await Promise.all(
    found.map(({ entry, file }) => {
      if (entry?.isDirectory) return below(entry)
      return file === null ? [] : [{ path: file.name, file }]
    }),
  )
  return chosen.flat()
}

async function below(entry: FileSystemEntry): Promise<ChosenFile[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (isDirectory(entry)) {
    if (isIgnored(entry.name)) return []
    return (await Promise.all((await entriesOf(entry)).map(below))).flat()
  }
  if (!isFile(entry) || !isOfUse(path)) return []
  return [{ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) }]
}

/** `readEntries` returns batches, and an empty one at the end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isOfUse(path: string): boolean {
  return inFolders.test(path) && !path.split('/').some(isIgnored)
}

function isIgnored(name: string): boolean {
  return name === 'node_modules' || (name.startsWith('.') && !name.endsWith('.json'))
}

/**
 * Reads files for the server. Invalid JSON is sent as text, so that the server reports the problem.
 * @throws TooLargeError before reading.
 */
export async function readChosen(chosen: readonly ChosenFile[]): Promise<FileToSend[]> {
  const size = chosen.reduce((sum, { file }) => sum + file.size, 0)
  if (size > maxImportBytes) throw new TooLargeError()
  return Promise.all(
    chosen.map(async ({ path, file }) => {
      const text = await file.text()
      return path.toLowerCase().endsWith('.json') || chosen.length === 1 ? parsed(path, text) : { path, text }
    }),
  )
}

function parsed(path: string, text: string): FileToSend {
  try {
    return { path, json: JSON.parse(text) }
  } catch {
    return { path, text }
  }
}
