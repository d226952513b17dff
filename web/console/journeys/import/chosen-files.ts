import { type FileToSend, maxImportBytes } from '../../../api/journey-exchange.ts'

/** A file that somebody chose or dropped, by its path from there. */
export type ChosenFile = { path: string; file: File }

/** More than the server takes at once. */
export class TooLargeError extends Error {}

/** What is read in a folder: exports, and the sources of scripts beside them. */
const inFolders = /\.(json|js|groovy)$/i

export function chosenFrom(files: readonly File[]): ChosenFile[] {
  return files
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
    .filter(({ path }) => !path.includes('/') || isOfUse(path))
}

/** Files and folders as they were dropped. The list of a drop is gone once the event is over: it is taken at once. */
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

/** A reader hands out a hundred entries at a time, and none when it is done. */
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
 * Reads files for the server. What is no JSON goes as it is: the server says what is wrong with it.
 * @throws TooLargeError before anything is read.
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
