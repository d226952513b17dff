import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DraftWalk } from '../../walks/draft-walk.ts'
import { recordedText } from '../../walks/recorded-file.ts'
import { walkFileName } from '../explore/walk-file-name.ts'
import type { Project } from '../project/project.ts'

/** Writes walks that are not finished into a new file. @returns its path. */
export function writeDrafts(project: Project, journey: string, walks: readonly DraftWalk[]): string {
  const file = freeFile(project, journey)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    file,
    recordedText(
      journey,
      walks.map((walk) => ({ walk, people: {} })),
    ),
  )
  return file
}

/** A file for recorded walks that does not exist yet. */
export function freeFile({ folder, settings }: Project, journey: string): string {
  for (let number = 1; ; number++) {
    const kind = number === 1 ? '.recorded' : `.recorded-${number}`
    const file = join(folder, settings.tests[0] ?? '.', walkFileName(journey, kind))
    if (!existsSync(file)) return file
  }
}
