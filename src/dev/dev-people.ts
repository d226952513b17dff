import type { Project } from '../testing/project/project.ts'
import { walkFilesIn } from '../testing/project/project.ts'
import { loadWalkFile } from '../testing/project/walk-files.ts'
import type { Person } from '../testing/walk-file.ts'

/** People of all walk files by name. Where files disagree, the first one counts. Files with mistakes add nobody. */
export async function peopleOfWalks(project: Project): Promise<Record<string, Person>> {
  const people: Record<string, Person> = {}
  for (const file of walkFilesIn(project, [])) {
    const loaded = await loadWalkFile(file)
    if (Array.isArray(loaded)) continue
    for (const [name, person] of Object.entries(loaded.content.people ?? {})) people[name] ??= person
  }
  return people
}
