import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of a project with files that Sidegate writes and nobody commits. */
export function ownFolder(project: string): string {
  return join(project, '.sidegate')
}

/** Creates the folder, which git ignores. @param folder inside it. */
export function createOwnFolder(project: string, folder = ''): void {
  mkdirSync(join(ownFolder(project), folder), { recursive: true })
  const ignored = join(ownFolder(project), '.gitignore')
  if (!existsSync(ignored)) writeFileSync(ignored, '*\n')
}
